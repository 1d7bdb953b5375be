"""The supervisor with real, tiny processes."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from signal import Signals

import pytest

from deploy.local.processes import Child, StartError
from deploy.local.supervisor import Supervisor

READY = "import time; print('ready', flush=True); time.sleep(60)"
BROKEN = "import sys; print('warming up'); sys.exit(3)"


class Part:
    """A process that prints `ready`."""

    def __init__(self, name: str, script: str, folder: Path, stopped: list[str]) -> None:
        self.child = Child(name, [sys.executable, "-c", script], log=folder / f"{name}.log")
        self.stopped = stopped

    async def start(self) -> None:
        self.child.spawn()
        await self.child.wait_for_output("ready", 30)

    async def stop(self) -> None:
        self.stopped.append(self.child.name)
        await self.child.stop(20)


class Said:
    """What the supervisor told, awaitable."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, line: str) -> None:
        self.lines.put_nowait(line)

    async def next(self) -> str:
        async with asyncio.timeout(30):
            return await self.lines.get()


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
async def supervisor(said: Said) -> AsyncIterator[Supervisor]:
    async with Supervisor(said) as supervisor:
        yield supervisor


async def test_a_part_that_dies_is_named_and_started_again(
    supervisor: Supervisor, said: Said, tmp_path: Path
) -> None:
    part = Part("worker-1", READY, tmp_path, [])
    await supervisor.start(part)
    first = part.child.pid
    part.child.send(Signals.SIGKILL)
    assert "worker-1 was ended by SIGKILL; starting it again" in await said.next()
    assert await said.next() == "worker-1 is ready again."
    assert part.child.running
    assert part.child.pid != first


async def test_parts_stop_in_reverse_order(said: Said, tmp_path: Path) -> None:
    stopped: list[str] = []
    parts = [Part(name, READY, tmp_path, stopped) for name in ("server", "gateway", "worker")]
    async with Supervisor(said) as supervisor:
        await supervisor.start(parts[0])
        await supervisor.start(parts[1], parts[2])
    assert stopped == ["gateway", "worker", "server"]
    assert not any(part.child.running for part in parts)


async def test_a_part_that_cannot_start_stops_everything(said: Said, tmp_path: Path) -> None:
    good, bad = Part("server", READY, tmp_path, []), Part("gateway", BROKEN, tmp_path, [])
    with pytest.raises(StartError, match=r"gateway ended with code 3 while starting[^\n]*\nwarming up"):
        async with Supervisor(said) as supervisor:
            await supervisor.start(good)
            await supervisor.start(bad)
    assert not good.child.running
    assert said.lines.empty()


async def test_a_bad_setting_is_said_in_the_one_line_of_the_service(tmp_path: Path) -> None:
    script = "import sys; print('warming up', file=sys.stderr); print('PORT is wrong.', file=sys.stderr); sys.exit(2)"
    part = Part("gateway", script, tmp_path, [])
    with pytest.raises(StartError, match=r"^PORT is wrong\.$"):
        await part.start()


async def test_a_paused_part_can_be_stopped(tmp_path: Path) -> None:
    part = Part("worker-1", READY, tmp_path, [])
    await part.start()
    part.child.send(Signals.SIGSTOP)
    await part.stop()
    assert part.child.ending == "was ended by SIGTERM"


async def test_a_part_deaf_to_sigterm_is_killed(tmp_path: Path) -> None:
    script = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}"
    part = Part("worker-1", script, tmp_path, [])
    await part.start()
    await part.child.stop(0.3)
    assert part.child.ending == "was ended by SIGKILL"
