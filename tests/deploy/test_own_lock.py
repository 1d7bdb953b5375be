"""Each service runs on the packages of its own lock alone.

What the lock names is linked from this environment into an empty folder, which is all that the service can import.
"""

import os
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from deploy.local.ports import free_port
from deploy.local.services import Service
from tests.contract.test_start import GOOD
from tests.deploy.local.fake_index import pins_of
from tests.support.stack import ROOT

pytestmark = pytest.mark.slow

SERVICES = {"gateway": "requirements-gateway.lock", "agent_worker": "requirements-worker.lock"}


def link_packages(lock: Path, folder: Path) -> None:
    """Make `folder` what an installation of the lock would make of site-packages."""
    for pin in pins_of(lock.read_text()):
        if not pin.applies:
            continue
        installed = distribution(pin.name)
        assert installed.version == pin.version
        for file in installed.files or ():
            if ".." in file.parts or file.suffix == ".pyc":
                continue  # programs, and what the other interpreter compiles for itself
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).symlink_to(file.locate())


@pytest.fixture(scope="session", params=SERVICES)
def alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A service's name, and the folder of its packages."""
    folder = tmp_path_factory.mktemp("packages")
    link_packages(ROOT / SERVICES[request.param], folder)
    return request.param, folder


def service_of(name: str, packages: Path, log: Path, **env: str) -> Service:
    """The service, with an interpreter that finds its packages and nothing else."""
    url = f"http://127.0.0.1:{free_port()}" if name == "gateway" else ""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(packages),
        "PYTHONDONTWRITEBYTECODE": "1",
        **env,
    }
    if url:
        environment["GATEWAY_PORT"] = url.rpartition(":")[2]
    return Service(name, [sys.executable, "-S", "-m", name], env=environment, log=log, cwd=ROOT, url=url)


async def test_it_says_what_is_missing(alone: tuple[str, Path], tmp_path: Path) -> None:
    service = service_of(*alone, tmp_path / "log")
    service.child.spawn()
    assert await service.child.wait(60) == 2
    assert service.child.output() == (
        f"{alone[0]}: DATABASE_URL is not set. `make run` sets it; see README, Configuration.\n"
    )


async def test_it_becomes_ready(
    alone: tuple[str, Path], tmp_path: Path, database_url: str, redis_url: str
) -> None:
    env = {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": redis_url, "GOOGLE_API_KEY": "none"}
    name, packages = alone
    service = service_of(name, packages, tmp_path / "log", **env)
    try:
        await service.start()
    finally:
        await service.stop()


async def test_what_is_not_in_the_lock_is_not_found(alone: tuple[str, Path], tmp_path: Path) -> None:
    """The mutant: a package less than the lock names."""
    name, packages = alone
    less = tmp_path / "less"
    less.mkdir()
    for entry in packages.iterdir():
        if not entry.name.startswith("msgspec"):
            (less / entry.name).symlink_to(entry)
    service = service_of(name, less, tmp_path / "log")
    service.child.spawn()
    assert await service.child.wait(60) == 1
    assert "No module named 'msgspec'" in service.child.output()
