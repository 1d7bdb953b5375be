"""`make audit`: pins without a network, advisories with one, and an honest word when there is none."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from deploy.audit import FOUND, ROOT, UNKNOWN, WELL, Package, locked, main, npm_packages, python_packages

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
    """A small OSV that knows of one bad package."""

    async def answer(request: web.Request) -> web.Response:
        queries = (await request.json())["queries"]
        bad = {"package": {"ecosystem": "PyPI", "name": "bad-package"}, "version": "1.0"}
        return web.json_response(
            {"results": [{"vulns": [{"id": "PYSEC-1"}]} if query == bad else {} for query in queries]}
        )

    app = web.Application()
    app.router.add_post("/v1/querybatch", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_advisories_are_named(osv: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "requirements-x.lock").write_text(LOCK)
    assert await asyncio.to_thread(main, tmp_path, osv) == FOUND
    assert "VULNERABLE  PyPI bad-package 1.0: PYSEC-1" in capsys.readouterr().out
    (tmp_path / "requirements-x.lock").write_text(LOCK.replace("bad-", "fine-"))
    assert await asyncio.to_thread(main, tmp_path, osv) == WELL
    assert await asyncio.to_thread(main, tmp_path, f"{osv}/elsewhere") == UNKNOWN


def test_without_a_network_it_says_that_it_knows_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements-x.lock").write_text(LOCK)
    assert main(tmp_path, "http://127.0.0.1:9") == UNKNOWN
    said = capsys.readouterr().out
    assert "cannot be reached (" in said
    assert "nothing is known of vulnerabilities" in said
    assert "OSV_URL" in said
    assert main(tmp_path, "file:///etc") == UNKNOWN
