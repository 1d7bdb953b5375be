"""The embedded servers: what was written is there again, whatever happened in between."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psutil
import pytest
import redis.asyncio as redis

from deploy.local.ports import free_port
from deploy.local.postgres import Postgres, binary
from deploy.local.processes import StartError, wait_gone
from deploy.local.valkey import Valkey
from tests.support.databases import FAST


async def write(url: str) -> None:
    client = redis.from_url(url)
    await client.set("answer", "42")
    await client.aclose()


async def read(url: str) -> object:
    client = redis.from_url(url)
    value = await client.get("answer")
    await client.aclose()
    return value


async def run_sql(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_valkey_keeps_data_and_port_over_restarts(tmp_path: Path) -> None:
    server = Valkey(tmp_path)
    url = await server.start()
    await write(url)
    await server.restart()
    assert await read(url) == b"42"
    await asyncio.sleep(1.1)  # appendfsync everysec: what kill -9 may take
    await server.kill()
    assert await server.start() == url
    assert await read(url) == b"42"
    await server.stop()
    assert not server.child.running


async def test_valkey_ends_a_server_left_over_in_its_folder(tmp_path: Path) -> None:
    first, second = Valkey(tmp_path), Valkey(tmp_path)
    await write(await first.start())
    assert await read(await second.start()) == b"42"
    assert not first.child.running
    await second.kill()


async def test_valkey_says_when_its_port_is_taken(valkey: Valkey, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="Address already in use"):
        await Valkey(tmp_path / "second", port=valkey.port).start()


async def test_a_paused_valkey_answers_again(valkey: Valkey) -> None:
    await write(valkey.url)
    valkey.pause()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await read(valkey.url)
    valkey.resume()
    assert await read(valkey.url) == b"42"


async def test_postgres_keeps_data_over_kill_and_restart(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "pg", settings=FAST)
    url = await server.start()
    await run_sql(url, "create table answers (a int)")
    await run_sql(url, "insert into answers values (42)")
    await server.kill()
    assert await server.start() == url
    assert await run_sql(url, "select a from answers") == 42
    await server.restart()
    assert await run_sql(url, "select a from answers") == 42
    await server.stop()


async def test_postgres_wants_its_password(postgres: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres.url, password="wrong")
    assert (postgres.folder / "password").stat().st_mode & 0o077 == 0


async def test_postgres_ends_a_server_left_over_and_ignores_a_strangers_pid(tmp_path: Path) -> None:
    first, second = Postgres(tmp_path, settings=FAST), Postgres(tmp_path, settings=FAST)
    await run_sql(await first.start(), "create table answers (a int)")
    assert await run_sql(await second.start(), "select count(*) from answers") == 0
    assert not first.child.running
    await second.kill()
    stranger = os.getpid()
    pid_file = tmp_path / "data" / "postmaster.pid"
    pid_file.write_text(f"{stranger}\n{tmp_path / 'data'}\n1\n{second.port}\n\n127.0.0.1\n1 1\nready\n")
    assert await run_sql(await second.start(), "select count(*) from answers") == 0
    await second.stop()


async def test_a_first_start_cut_short_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("half made")
    server = Postgres(tmp_path, settings=FAST)
    assert await run_sql(await server.start(), "select 1") == 1
    await server.stop()


async def test_a_paused_postgres_answers_again(tmp_path: Path) -> None:
    server = Postgres(tmp_path, settings=FAST)
    url = await server.start()
    server.pause()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await run_sql(url, "select 1")
    server.resume()
    assert await run_sql(url, "select 1") == 1
    await server.stop()


def forbid_namespaces(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As in a container: `unshare` is there, and is not allowed to do it."""
    (folder / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (folder / "unshare").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


START_BOTH = """
import asyncio, sys
from pathlib import Path
from deploy.local.postgres import Postgres, binary
from deploy.local.valkey import Valkey
async def main():
    folder = Path(sys.argv[1])
    valkey, postgres = Valkey(folder / "valkey"), Postgres(folder / "postgres")
    await valkey.start()
    await postgres.start()
    print(valkey.child.pid, postgres.child.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.skipif(not shutil.which("setpriv"), reason="nothing ties a child to its parent here")
async def test_servers_die_with_whoever_started_them(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", START_BOTH, tmp_path], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        line = await asyncio.to_thread(parent.stdout.readline)
        servers = [psutil.Process(int(pid)) for pid in line.split()]
        parent.kill()
    assert await wait_gone(servers, 30)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="root plays a normal user")
def test_both_run_under_a_normal_user(tmp_path: Path) -> None:
    as_user = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    script = START_BOTH.replace("await asyncio.sleep(60)", "await postgres.stop(); await valkey.stop()")
    done = subprocess.run([*as_user, sys.executable, "-c", script, tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
async def test_root_without_namespaces_runs_postgres_as_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not all(folder.stat().st_mode & 0o001 for folder in binary("postgres").parents):
        pytest.skip("nobody cannot read this checkout")
    forbid_namespaces(monkeypatch, tmp_path)
    with TemporaryDirectory(prefix="tickertalk-", dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        server = Postgres(Path(folder), settings=FAST)
        assert await run_sql(await server.start(), "select 1") == 1
        assert psutil.Process(server.child.pid).username() == "nobody"
        await server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
async def test_root_is_told_what_to_do_when_nothing_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    forbid_namespaces(monkeypatch, tmp_path)
    tmp_path.chmod(0o700)
    with pytest.raises(StartError, match="as a normal user"):
        await Postgres(tmp_path).start()


def test_free_ports_lie_outside_the_range_of_outgoing_connections() -> None:
    assert all(15_000 <= free_port() <= 32_000 for _ in range(50))
