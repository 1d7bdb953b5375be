"""`.data/`: what `make run` keeps between runs, and how its other commands find the running system."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from deploy.local.private import make_private, open_private
from deploy.local.processes import StartError

DATA = Path(".data")
SHORTEST_SECRET = 32
"""Characters: fewer are refused as `JWT_SECRET` too."""


class Running(msgspec.Struct, frozen=True):
    """The addresses of the running system. Those of the servers hold the passwords of their owners."""

    gateway_url: str
    database_url: str
    redis_url: str


class DamagedError(StartError):
    """A file in the folder is not what was written. Its text says which, and what to do."""


class AlreadyRunningError(StartError):
    """Another `make run` has this folder."""


class DataFolder:
    """The folder and its files. What is in it is for its owner only."""

    def __init__(self, path: Path = DATA) -> None:
        self.path = path.resolve()
        self.logs = self.path / "logs"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Create the folder and hold it for this process; the lock ends with the process, however that ends."""
        try:
            make_private(self.path)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            lock = os.fdopen(open_private(self.path / "lock", os.O_RDWR | os.O_APPEND), "a+")
        except OSError as error:
            raise StartError(
                f"Cannot use the data folder {self.path}: {error.strerror or error}."
                " Make it a folder that you may write to, or move it away."
            ) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise AlreadyRunningError(self._who_runs(lock.read().strip())) from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def jwt_secret(self) -> str:
        """The secret that tokens are signed with here."""
        return self.secret("jwt_secret")

    def secret(self, name: str) -> str:
        """A secret of this folder, made at the first call. `DamagedError` if it is not whole any more."""
        file = self.path / name
        if not file.exists():
            self._write(file, secrets.token_urlsafe(48).encode())
        secret = file.read_bytes().decode("ascii", "replace").strip()
        if len(secret) < SHORTEST_SECRET or not secret.isascii():
            raise DamagedError(
                f"{file} is empty or damaged. Delete it and start again: `make run` makes a new one."
            )
        return secret

    def log(self, name: str) -> Path:
        """A fresh log file; the one of the run before is kept beside it."""
        file = self.logs / f"{name}.log"
        if file.exists():
            file.replace(self.logs / f"{name}.previous.log")
        return file

    def announce(self, running: Running) -> None:
        """Tell `make chat` and its like where everything is."""
        self._write(self.path / "run.json", msgspec.json.encode(running))

    def forget(self) -> None:
        """Nothing runs any more."""
        (self.path / "run.json").unlink(missing_ok=True)

    def running(self) -> Running | None:
        """What runs, if it does. `DamagedError` if something does and what it announced cannot be read."""
        pid = self._pid_of_run()
        if pid is None:
            return None
        file = self.path / "run.json"
        try:
            return msgspec.json.decode(file.read_bytes(), type=Running)
        except FileNotFoundError:
            return None  # it is starting
        except (OSError, msgspec.DecodeError):
            raise DamagedError(
                f"{file} is damaged, so nothing here knows where the running system is."
                f" Stop it (kill {pid}) and start it again: `make run` writes the file anew."
            ) from None

    def _pid_of_run(self) -> str | None:
        """The process that holds the lock; None if none does: it never ran, ended, or was killed."""
        try:
            with (self.path / "lock").open() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return lock.read().strip()
        except FileNotFoundError:
            return None
        return None

    def _who_runs(self, pid: str) -> str:
        try:
            running = self.running()
        except DamagedError as error:
            return f"Tickertalk already runs from this folder. {error}"
        where = f" at {running.gateway_url}" if running else ""
        return f"Tickertalk already runs from this folder{where} (process {pid}). Stop it with Ctrl-C there, or: kill {pid}"

    def _write(self, file: Path, data: bytes) -> None:
        """Never half a file, and never readable by others."""
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
            output.write(data)
        draft.replace(file)
