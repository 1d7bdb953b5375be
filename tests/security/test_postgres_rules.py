"""`deploy/roles/postgres.sql` as an operator runs it: with psql, as an owner who is nobody special."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from deploy.local.postgres import Postgres, binary
from deploy.local.roles import RULES
from shared.db.migrate import migrate
from tests.support.databases import FAST

CREATE = "create role tickertalk_gateway login; create role tickertalk_worker login;"


async def psql(url: str) -> tuple[int, str]:
    """Run the rules; psql's exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        binary("psql"), "-X", url, "-f", RULES / "postgres.sql",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def gateway_reads(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(
            await connection.fetchval(
                "select has_table_privilege('tickertalk_gateway', 'companies', 'select')"
            )
        )
    finally:
        await connection.close()


@pytest.mark.slow
async def test_an_ordinary_owner_is_told_what_is_missing_and_then_it_works(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "postgres", settings=FAST)
    admin = await asyncpg.connect(await server.start())
    try:
        await admin.execute("create role plain login password 'plain'")
        await admin.execute("create database owned owner plain")
        url = server.url_of("owned")
        where = url.rpartition("@")[2]
        owner = f"postgresql://plain:plain@{where}"
        await migrate(owner)

        code, said = await psql(owner)
        assert code == 3, "a failure that is no exit code is a success for a script"
        assert "tickertalk_gateway" in said
        assert CREATE in said

        await admin.execute(CREATE)
        for _ in range(2):
            code, said = await psql(owner)
            assert (code, said) == (0, "")
        assert await gateway_reads(url)

        # Half of it is nothing: what fails at its end takes nothing away.
        database = await asyncpg.connect(url)
        await database.execute("alter table token_usage rename to elsewhere")
        await database.close()
        code, said = await psql(owner)
        assert code == 3
        assert await gateway_reads(url)
    finally:
        await admin.close()
        await server.kill()


@pytest.mark.slow
async def test_an_owner_of_the_tables_only_is_told_what_is_left_to_do(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "postgres", settings=FAST)
    admin = await asyncpg.connect(await server.start())
    try:
        await admin.execute(f"create role plain login password 'plain'; {CREATE}")
        await admin.execute("create database lent")
        url = server.url_of("lent")
        lent = await asyncpg.connect(url)
        await lent.execute("grant create on schema public to plain")
        await lent.close()
        owner = f"postgresql://plain:plain@{url.rpartition('@')[2]}"
        await migrate(owner)
        code, said = await psql(owner)
        assert code == 0
        assert "NOTICE" in said
        assert "grant usage on schema public" in said
        assert await gateway_reads(url)
    finally:
        await admin.close()
        await server.kill()
