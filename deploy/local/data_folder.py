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


class Running(msgspec.Struct, frozen=True):
    """The addresses of the running system. Those of the servers hold the passwords of their owners."""

    gateway_url: str
    database_url: str
    redis_url: str


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
            make_private(self.logs)
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
        """A secret of this folder, made at the first call."""
        file = self.path / name
        if not file.exists():
            self._write(file, secrets.token_urlsafe(48).encode())
        return file.read_text().strip()

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
        """What runs, if it does."""
        try:
            running = msgspec.json.decode((self.path / "run.json").read_bytes(), type=Running)
            with (self.path / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return running
        return None  # nobody holds the lock: it was killed

    def _who_runs(self, pid: str) -> str:
        running = self.running()
        where = f" at {running.gateway_url}" if running else ""
        return f"Tickertalk already runs from this folder{where} (process {pid}). Stop it with Ctrl-C there, or: kill {pid}"

    def _write(self, file: Path, data: bytes) -> None:
        """Never half a file, and never readable by others."""
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
            output.write(data)
        draft.replace(file)
