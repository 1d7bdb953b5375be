"""The web app's lock: `npm ci` installs exactly what it names, whatever was released since."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.local.fake_registry import NEWER, FakeRegistry, Lock, name_of
from tests.support.stack import ROOT

WEB = ROOT / "web"
EXACT = re.compile(r"\d+\.\d+\.\d+(-[\w.]+)?")


@pytest.fixture
def lock() -> Lock:
    read: Lock = json.loads((WEB / "package-lock.json").read_text("utf-8"))
    return read


def npm_ci(folder: Path, lock: Lock, registry: FakeRegistry) -> "subprocess.CompletedProcess[str]":
    for name in ("package.json", ".npmrc"):
        (folder / name).write_bytes((WEB / name).read_bytes())
    (folder / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    programs = Path(sys.executable).parent
    # Nothing of this machine's own settings: neither its mirror nor its cache.
    environment = {"PATH": f"{programs}:{os.defpath}", "HOME": str(folder)}
    with registry.served() as url:
        options = [
            "--registry",
            url,
            "--cache",
            str(folder / "cache"),
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
        ]
        command = [str(programs / "npm"), "ci", *options, "--fetch-retries", "0"]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )


def test_every_package_is_named_by_version_and_hash(lock: Lock) -> None:
    """`resolved` is left out on purpose (.npmrc), so these two are all that binds."""
    for path, entry in lock["packages"].items():
        if path:
            assert EXACT.fullmatch(entry["version"]), path
            assert entry.get("integrity", "").startswith("sha512-"), path
            assert not entry.get("link"), path


def test_the_web_app_asks_for_versions_not_for_ranges() -> None:
    package = json.loads((WEB / "package.json").read_text("utf-8"))
    asked = {**package["dependencies"], **package["devDependencies"], **package.get("overrides", {})}
    assert [name for name, version in asked.items() if not EXACT.fullmatch(version)] == []


def test_the_web_app_is_built_without_what_only_checks_it() -> None:
    """`make run` installs half the packages: `dependencies` are all that the build and the app import."""
    package = json.loads((WEB / "package.json").read_text("utf-8"))
    app = [
        file
        for room in ("chat", "dashboard", "shared")
        for file in (WEB / room).rglob("*.ts*")
        if ".test." not in file.name
    ]  # fmt: skip
    asked = {
        name
        for file in [WEB / "vite.config.ts", *app]
        for name in re.findall(
            r"""(?:^import|^} from|^export .* from)[^"\n]*"((?:@[\w-]+/)?[\w.-]+)""",
            file.read_text("utf-8"),
            re.MULTILINE,
        )
    }
    assert {"react", "vite"} <= asked
    assert sorted(asked & set(package["devDependencies"])) == []


@pytest.mark.slow
def test_npm_installs_what_is_locked(lock: Lock, tmp_path: Path) -> None:
    registry = FakeRegistry(lock)
    done = npm_ci(tmp_path, registry.lock_for(lock), registry)
    assert done.returncode == 0, done.stderr
    optional = 0
    for path, entry in lock["packages"].items():
        file = tmp_path / path / "package.json"
        if not file.exists():  # of another platform
            assert entry.get("optional"), path
            optional += 1
        elif path:
            assert json.loads(file.read_text())["version"] == entry["version"], path
    assert optional < len(lock["packages"]) / 3


@pytest.mark.slow
def test_npm_refuses_a_package_that_is_not_the_one_locked(lock: Lock, tmp_path: Path) -> None:
    registry = FakeRegistry(lock)
    locked = registry.lock_for(lock)
    react = (name_of("node_modules/react"), lock["packages"]["node_modules/react"]["version"])
    registry.tarballs[react] = registry.tarballs["react", NEWER]
    done = npm_ci(tmp_path, locked, registry)
    assert done.returncode != 0
    assert "EINTEGRITY" in done.stderr
