"""Child processes: started in a group of their own, ended for sure, never left behind.

Ctrl-C in a terminal reaches the supervisor only, so that it decides the order in which its children stop.
If the supervisor is killed, Linux signals the children (`setpriv --pdeathsig`); on other systems the next start
finds what is left through `Record`.
"""

import asyncio
import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from signal import Signals

import psutil

from deploy.local.private import bare_environment, open_private

POLL = 0.01
"""Seconds between two looks at something that has no event to wait for."""


class StartError(Exception):
    """A process did not come up. Its text says what to do."""


class Child:
    """One process with its log. Start it from the main thread: Linux ties its life to the thread that did.

    Without `env` it learns nothing that only some programs may know.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
        orphan_signal: Signals = Signals.SIGKILL,
    ) -> None:
        self.name = name
        self.argv = [str(part) for part in argv]
        self.log = log
        self.env = bare_environment() if env is None else env
        self.cwd = cwd
        self.user = user
        self.orphan_signal = orphan_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int:
        """The process id of the latest start."""
        return self._started().pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative for a signal, as in `subprocess`."""
        return self._started().poll()

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self.returncode
        return (
            f"was ended by {Signals(-code).name}"
            if code is not None and code < 0
            else f"ended with code {code}"
        )

    def spawn(self) -> None:
        """Start it; what it prints is appended to its log, which is for its owner only."""
        with os.fdopen(open_private(self.log, os.O_WRONLY | os.O_APPEND), "ab") as output:
            self._log_start = output.seek(0, os.SEEK_END)
            self._process = subprocess.Popen(
                [*_tied_to_parent(self.orphan_signal), *self.argv],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.env,
                cwd=self.cwd,
                user=self.user,
                group=None if self.user is None else pwd.getpwuid(self.user).pw_gid,
                extra_groups=None if self.user is None else [],
                start_new_session=True,
            )

    def send(self, signal: Signals) -> None:
        """Send a signal; nothing happens if it has ended already."""
        self._started().send_signal(signal)

    async def wait(self, timeout: float) -> int:
        """Wait until it has ended; its return code, or `TimeoutError`."""
        async with asyncio.timeout(timeout):
            while (code := self.returncode) is None:  # noqa: ASYNC110 - a process of any system has no event
                await asyncio.sleep(POLL)
            return code

    async def stop(self, timeout: float, signal: Signals = Signals.SIGTERM) -> None:
        """Ask it to end, and kill it (with its own children) when it has not done so in time."""
        if not self.running:
            return
        self.send(signal)
        self.send(Signals.SIGCONT)  # a paused process would not hear
        try:
            await self.wait(timeout)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """`kill -9`, of it and of what it started."""
        if self._process is None:
            return
        family = _family(self.pid) if self.running else []
        _kill_all(family)
        await self.wait(10)
        await wait_gone(family, 10)

    def output(self) -> str:
        """What it has printed since its latest start."""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return file.read().decode("utf-8", "replace")

    def tail(self, lines: int = 15) -> str:
        """The last lines it printed."""
        return "\n".join(self.output().splitlines()[-lines:])

    def failed_start(self) -> StartError:
        """What to say of an end before it was ready. Code 2 means that its last line says all there is to say."""
        if self.returncode == 2:
            return StartError(self.tail(1))
        return StartError(f"{self.name} {self.ending} while starting. The end of {self.log}:\n{self.tail()}")

    async def wait_for_output(self, text: str, timeout: float) -> None:
        """Wait until `text` is in its output. `StartError` if it ends before, `TimeoutError` if it does not come."""
        async with asyncio.timeout(timeout):
            while text not in self.output():
                if not self.running:
                    raise self.failed_start()
                await asyncio.sleep(5 * POLL)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process


class Record:
    """A file that remembers a process across our own death: its id and the moment it began."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, pid: int) -> None:
        """Remember a running process."""
        with os.fdopen(open_private(self.path, os.O_WRONLY | os.O_TRUNC), "w") as file:
            file.write(f"{pid} {psutil.Process(pid).create_time()}\n")

    def clear(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)

    def leftover(self) -> psutil.Process | None:
        """The remembered process if it still runs: the id alone may long belong to another."""
        try:
            pid, began = self.path.read_text().split()
            process = psutil.Process(int(pid))
            return process if abs(process.create_time() - float(began)) < 0.1 else None
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return None


async def end(process: psutil.Process, signal: Signals, timeout: float) -> None:
    """End a process that is no child of ours, and everything it started."""
    family = _family(process.pid)
    try:
        process.send_signal(signal)
        process.resume()
    except psutil.NoSuchProcess:
        return
    if not await wait_gone(family, timeout):
        _kill_all(family)
        await wait_gone(family, 10)


async def wait_gone(processes: Sequence[psutil.Process], timeout: float) -> bool:
    """Whether all of them have ended within `timeout` seconds."""
    try:
        async with asyncio.timeout(timeout):
            while any(_alive(process) for process in processes):  # noqa: ASYNC110 - nor has a stranger's
                await asyncio.sleep(POLL)
    except TimeoutError:
        return False
    return True


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _kill_all(processes: Sequence[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue  # it went first


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _tied_to_parent(signal: Signals) -> list[str]:
    return ["setpriv", "--pdeathsig", signal.name[3:], "--"] if _setpriv_works() else []


@cache
def _setpriv_works() -> bool:
    try:
        done = subprocess.run(
            ["setpriv", "--pdeathsig", "KILL", "--", "true"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0
