"""The web app's build beside everything else, with a make that does as it is told."""

import asyncio
from pathlib import Path

import psutil
import pytest

from deploy.local.processes import StartError
from deploy.local.web_app import MAKE, GatewayOfWebApp, build_web_app
from tests.support.stack import ROOT


def make_program(folder: Path, script: str) -> dict[str, str]:
    program = folder / "make"
    program.write_text(f'#!/bin/sh\necho "$@" > {folder}/asked\n{script}\n')
    program.chmod(0o755)
    return {MAKE: str(program), "PATH": "/usr/bin:/bin"}


async def test_it_is_built_by_the_make_that_runs(tmp_path: Path) -> None:
    await build_web_app(make_program(tmp_path, "exit 0"))
    assert (tmp_path / "asked").read_text().split() == ["--no-print-directory", "web"]
    assert f"export {MAKE} := $(MAKE)" in (ROOT / "Makefile").read_text()


async def test_without_a_make_what_is_there_is_served() -> None:
    await build_web_app({})


async def test_a_build_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="web app could not be built"):
        await build_web_app(make_program(tmp_path, "exit 2"))


async def test_a_build_that_is_not_wanted_any_more_is_ended(tmp_path: Path) -> None:
    environment = make_program(
        tmp_path, f"mkfifo {tmp_path}/gate; echo $$ > {tmp_path}/pid; read x < {tmp_path}/gate"
    )
    building = asyncio.create_task(build_web_app(environment))
    async with asyncio.timeout(30):
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().strip():
            await asyncio.sleep(0.01)
    pid = int((tmp_path / "pid").read_text())
    building.cancel()
    with pytest.raises(asyncio.CancelledError):
        await building
    assert not psutil.pid_exists(pid)


async def test_the_gateway_starts_when_the_web_app_is_there(tmp_path: Path) -> None:
    gateway = GatewayOfWebApp(
        "gateway", ["/bin/sh", "-c", "exit 2"], env={}, log=tmp_path / "log", url="http://127.0.0.1:9"
    )
    gateway.built = asyncio.get_running_loop().create_future()
    starting = asyncio.create_task(gateway.start())
    await asyncio.sleep(0)
    assert not (tmp_path / "log").exists()
    gateway.built.set_result(None)
    with pytest.raises(StartError):
        await starting
    assert (tmp_path / "log").exists()


async def test_the_gateway_does_not_start_without_its_web_app(tmp_path: Path) -> None:
    gateway = GatewayOfWebApp("gateway", ["/bin/sh"], env={}, log=tmp_path / "log", url="http://127.0.0.1:9")
    gateway.built = asyncio.get_running_loop().create_future()
    gateway.built.set_exception(StartError("The web app could not be built"))
    with pytest.raises(StartError, match="could not be built"):
        await gateway.start()
    assert not gateway.child.running
