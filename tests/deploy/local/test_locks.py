"""Each lock says all there is to say: releases that come after it change nothing of what is installed.

Every package of a lock is offered in newer releases too, and installed by uv, as `make` does it, and by the pip
that comes with Python.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from deploy.local.install import INSTALLER
from tests.deploy.local.fake_index import Pin, lock_for, make_index, pins_of, served
from tests.support.stack import ROOT

LOCKS = sorted(file.name for file in ROOT.glob("requirements-*.lock"))
TAKES_EXTRAS_OF_A_PIN = (23, 3)
"""Since this release pip finds a pin without its extra in a lock that elsewhere asks for the extra."""

Install = Callable[[Path, Path, str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def plain_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh venv, with the pip that it came with."""
    folder = tmp_path_factory.mktemp("plain")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    return folder / "bin" / "python"


@pytest.fixture
def by_pip(plain_pip: Path) -> Install:
    return lambda lock, target, index: _run(
        [plain_pip, "-m", "pip", "install", "--no-compile", "--index-url", index, "--no-cache-dir"],
        lock,
        target,
    )


def by_uv(lock: Path, target: Path, index: str) -> "subprocess.CompletedProcess[str]":
    uv = Path(sys.executable).with_name("uv")
    options = ["--no-config", "--default-index", index, "--cache-dir", str(target.with_name("uv-cache"))]
    return _run([uv, "pip", "install", "--python", sys.executable, *options], lock, target)


def _run(command: Sequence[str | Path], lock: Path, target: Path) -> "subprocess.CompletedProcess[str]":
    where = ["--require-hashes", "--target", str(target), "-r", str(lock)]
    # Nothing of this machine's own settings: neither its mirrors nor its constraints.
    environment = {"PATH": os.environ["PATH"], "HOME": str(target.parent), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run([*command, *where], env=environment, capture_output=True, text=True, check=False)


def installed(target: Path) -> dict[str, str]:
    return {canonicalize_name(d.metadata["Name"]): d.version for d in distributions(path=[str(target)])}


def install(tool: Install, pins: list[Pin], folder: Path) -> "tuple[dict[str, str], str]":
    """What was installed, and what the tool said."""
    make_index(folder, pins)
    lock, target = folder / "the.lock", folder / "target"
    lock.write_text(lock_for(folder, pins))
    with served(folder) as index:
        done = tool(lock, target, index)
    return (installed(target) if done.returncode == 0 else {}), done.stdout + done.stderr


def read(name: str) -> list[Pin]:
    return pins_of((ROOT / name).read_text())


def test_there_is_a_lock_for_each_that_is_installed() -> None:
    assert [
        f"requirements-{group}.lock" for group in ("dev", "gateway", "installer", "local", "worker")
    ] == LOCKS


@pytest.mark.parametrize("name", LOCKS)
def test_uv_installs_what_is_locked_whatever_was_released_since(name: str, tmp_path: Path) -> None:
    pins = read(name)
    got, said = install(by_uv, pins, tmp_path)
    assert got == {pin.name: pin.version for pin in pins if pin.applies}, said


@pytest.mark.slow
@pytest.mark.parametrize("name", LOCKS)
def test_plain_pip_installs_what_is_locked_whatever_was_released_since(
    name: str, by_pip: Install, tmp_path: Path
) -> None:
    pins = read(name)
    got, said = install(by_pip, pins, tmp_path)
    assert got == {pin.name: pin.version for pin in pins if pin.applies}, said


@pytest.mark.slow
def test_a_lock_without_its_extras_is_found_out(by_pip: Install, plain_pip: Path, tmp_path: Path) -> None:
    """The mutant: the worker's lock as it was before it named `google-auth[requests]`."""
    said = subprocess.run([plain_pip, "-m", "pip", "--version"], capture_output=True, text=True, check=True)
    version = tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:2])
    if version >= TAKES_EXTRAS_OF_A_PIN:
        pytest.skip(f"pip {version[0]}.{version[1]} takes such a lock; the pip of Python 3.11 does not")
    pins = [pin._replace(extras="") for pin in read("requirements-worker.lock")]
    got, refused = install(by_pip, pins, tmp_path)
    assert got == {}
    assert "must have their versions pinned" in refused


def test_the_installer_is_the_one_line_that_pip_installs() -> None:
    assert [pin.name for pin in read(INSTALLER)] == ["uv"]
