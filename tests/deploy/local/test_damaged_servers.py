"""Data that a server cannot use: one clear line that says what it is and what to do, and nothing is destroyed."""

from pathlib import Path

import pytest

from deploy.local.postgres import Postgres
from deploy.local.processes import StartError
from deploy.local.valkey import Valkey
from tests.support.databases import FAST


async def refused(server: Postgres | Valkey) -> str:
    with pytest.raises(StartError) as caught:
        await server.start()
    assert not server.child.running
    said = str(caught.value)
    assert "\n" not in said
    for unset in ("DATABASE_URL", "REDIS_URL"):
        assert unset not in said
    return said


@pytest.fixture
async def stopped(tmp_path: Path) -> Postgres:
    """A PostgreSQL that ran and was stopped."""
    server = Postgres(tmp_path / "postgres", settings=FAST)
    await server.start()
    await server.stop()
    return server


async def test_a_database_of_another_version(stopped: Postgres) -> None:
    version = stopped.data / "PG_VERSION"
    ours = version.read_text()
    for theirs, words in (
        ("9\n", "made by PostgreSQL 9, "),
        ("", "missing or damaged"),
        ("x", "missing or damaged"),
    ):
        version.write_text(theirs)
        said = await refused(stopped)
        assert words in said
        assert ours.strip() in said
        assert f"move {stopped.folder} away" in said
    version.unlink()
    assert "missing or damaged" in await refused(stopped)
    version.write_text(ours)
    await stopped.start()
    await stopped.stop()


async def test_a_password_that_is_lost(stopped: Postgres) -> None:
    file = stopped.folder / "password"
    password = file.read_text()
    file.write_text("")
    assert f"{file} is missing or empty" in await refused(stopped)
    file.unlink()
    assert f"{file} is missing or empty" in await refused(stopped)
    file.write_text(password)
    await stopped.start()
    await stopped.stop()


async def test_garbage_in_what_valkey_stored(tmp_path: Path) -> None:
    server = Valkey(tmp_path / "valkey")
    await server.start()
    await server.stop()
    files = sorted((server.folder / "appendonlydir").iterdir())
    assert len(files) == 3
    for file in files:
        whole = file.read_bytes()
        file.write_bytes(b"garbage\n" * 20)
        said = await refused(server)
        assert "Valkey cannot read what it stored" in said
        assert f"Move {server.folder} away" in said
        file.write_bytes(whole)
    await server.start()
    await server.stop()
