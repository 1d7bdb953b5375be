"""`make audit`: pins without a network, advisories with one, and an honest word when there is none."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from deploy.audit import (
    FOUND,
    ROOT,
    UNKNOWN,
    WELL,
    Package,
    locked,
    main,
    npm_packages,
    python_advisories,
    python_packages,
)

LOCK = """\
# comment
--index-url https://example.com
bad-package==1.0 ; python_version >= "3.11" \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
good[extra]==2.1.post1 \\
    --hash=sha256:cccc
"""


def test_the_locks_of_this_project_are_pinned_with_hashes() -> None:
    packages = locked(ROOT)
    assert len(packages) > 300
    assert {package.ecosystem for package in packages} == {"PyPI", "npm"}
    assert not [package for package in packages if not package.hashed]


def test_what_is_not_pinned_is_found() -> None:
    assert list(python_packages(LOCK)) == [
        Package("PyPI", "bad-package", "1.0", hashed=True), Package("PyPI", "good", "2.1.post1", hashed=True)
    ]  # fmt: skip
    assert [p.hashed for p in python_packages("a==1\nb>=2\nc @ https://x/c.whl\n")] == [False, False, False]
    npm = {
        "packages": {
            "": {},
            "node_modules/@a/b": {"version": "1.0.0"},
            "x/node_modules/c": {"version": "2", "integrity": "sha512-x"},
        }
    }
    assert list(npm_packages(json.dumps(npm))) == [
        Package("npm", "@a/b", "1.0.0", hashed=False), Package("npm", "c", "2", hashed=True)
    ]  # fmt: skip


@pytest.fixture
async def osv() -> AsyncIterator[str]:
    """A small OSV, and a registry of npm, that know of one bad package each."""

    async def query(request: web.Request) -> web.Response:
        asked = json.loads(await request.text())
        if asked != {"package": {"ecosystem": "PyPI", "name": "bad-package"}, "version": "1.0"}:
            return web.json_response({})
        affected = [{"package": {"ecosystem": "PyPI", "name": "bad-package"}}]
        return web.json_response({"vulns": [{"id": "PYSEC-1", "affected": affected}]})

    async def bulk(request: web.Request) -> web.Response:
        asked = await request.json()
        fields = {"id": 7, "title": "Bad", "severity": "high", "vulnerable_versions": "<2.0.0"}
        advisory = {**fields, "url": "https://advisories.example/7", "cwe": [], "cvss": {"score": 0}}
        return web.json_response({"bad": [advisory]} if "bad" in asked else {})

    async def package(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        manifest = {
            "name": name,
            "version": "1.0.0",
            "dist": {"tarball": f"{request.url.origin()}/{name}.tgz"},
        }
        return web.json_response(
            {"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": manifest}}
        )

    app = web.Application()
    app.router.add_post("/v1/query", query)
    app.router.add_post("/-/npm/v1/security/advisories/bulk", bulk)
    app.router.add_get("/{name}", package)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def put_npm_lock(root: Path, name: str) -> None:
    (root / "web").mkdir(exist_ok=True)
    package = {"name": "web", "version": "0.0.0", "dependencies": {name: "1.0.0"}}
    entry = {"version": "1.0.0", "integrity": "sha512-x"}
    lock = {
        "name": "web",
        "version": "0.0.0",
        "lockfileVersion": 3,
        "packages": {"": package, f"node_modules/{name}": entry},
    }
    (root / "web" / "package.json").write_text(json.dumps(package))
    (root / "web" / "package-lock.json").write_text(json.dumps(lock))


def put_lock(root: Path, name: str) -> None:
    (root / "requirements-x.lock").write_text(f"{name}==1.0 --hash=sha256:{'a' * 64}\n")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a proxy nor a cache of this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")


async def test_advisories_about_python_are_named(
    osv: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_lock(tmp_path, "bad-package")
    assert await asyncio.to_thread(main, tmp_path, osv) == FOUND
    assert "VULNERABLE  PyPI bad-package 1.0: PYSEC-1" in capsys.readouterr().out
    put_lock(tmp_path, "fine-package")
    assert await asyncio.to_thread(main, tmp_path, osv) == WELL
    assert await asyncio.to_thread(main, tmp_path, f"{osv}/elsewhere") == UNKNOWN


async def test_the_locks_of_this_project_can_be_asked_about(osv: str) -> None:
    locks = sorted(ROOT.glob("requirements-*.lock"))
    assert await asyncio.to_thread(python_advisories, locks, osv) == []


async def test_advisories_about_npm_are_named(
    osv: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", osv)
    put_npm_lock(tmp_path, "bad")
    assert await asyncio.to_thread(main, tmp_path, osv) == FOUND
    assert "VULNERABLE  npm bad *: https://advisories.example/7" in capsys.readouterr().out
    put_npm_lock(tmp_path, "fine")
    assert await asyncio.to_thread(main, tmp_path, osv) == WELL


def test_without_a_network_it_says_that_it_knows_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    put_lock(tmp_path, "fine-package")
    put_npm_lock(tmp_path, "fine")
    assert main(tmp_path, "http://127.0.0.1:9") == UNKNOWN
    said = capsys.readouterr().out
    assert said.count("cannot be reached, so nothing is known: ") == 2
    assert "OSV_URL" in said
    assert "known vulnerabilities" not in said
    assert "Traceback" not in said
    assert main(tmp_path, "file:///etc") == UNKNOWN


def test_what_is_not_pinned_is_found_without_a_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements-x.lock").write_text("loose==1.0\n")
    assert main(tmp_path, "http://127.0.0.1:9") == FOUND
    assert "NOT PINNED  PyPI loose 1.0" in capsys.readouterr().out
