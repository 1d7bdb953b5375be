"""A service knows whether the database is as it needs it: which migrations were applied, what its role may do."""

from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest

from shared.db.database import Database, open_pool
from shared.db.fitness import RIGHTS, Fitness, Right, Service, check_fitness, shortcoming
from shared.settings import SettingsError
from tests.security.least_privilege import as_service, put_services

SERVICES: list[Service] = ["gateway", "worker"]
GIVEN = """
    select 'TABLE' as kind, table_name as on, privilege_type as privilege, null as column
      from information_schema.role_table_grants where grantee = $1
    union all
    select 'COLUMN', table_name, privilege_type, column_name
      from information_schema.role_column_grants c where grantee = $1
       and not exists (select from information_schema.role_table_grants t
                        where (t.grantee, t.table_name, t.privilege_type) = ($1, c.table_name, c.privilege_type))
    union all
    select 'SEQUENCE', object_name, privilege_type, null
      from information_schema.role_usage_grants where grantee = $1 and object_type = 'SEQUENCE'
"""


@pytest.fixture
async def owner(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    await put_services(database_url)
    yield connection
    await connection.close()


@pytest.fixture(params=SERVICES)
async def fit(
    request: pytest.FixtureRequest, owner: asyncpg.Connection, database_url: str
) -> AsyncIterator[tuple[Service, Database]]:
    """A service, and the database under its role."""
    service: Service = request.param
    async with await open_pool(as_service(service, database_url), name="test", size=1) as pool:
        yield service, Database(pool)


def spread(rights: Sequence[Right]) -> set[tuple[str, str, str | None]]:
    return {(right.on, right.privilege, column) for right in rights for column in right.columns or (None,)}


async def test_what_is_asked_for_is_what_the_rules_give(
    fit: tuple[Service, Database], owner: asyncpg.Connection
) -> None:
    service, database = fit
    rows = await owner.fetch(GIVEN, f"tickertalk_{service}")
    assert {(row["on"], row["privilege"], row["column"]) for row in rows} == spread(RIGHTS[service])
    assert await shortcoming(database, service) is None


async def test_every_right_that_is_missing_is_named(
    fit: tuple[Service, Database], owner: asyncpg.Connection
) -> None:
    service, database = fit
    for right in RIGHTS[service]:
        columns = f" ({', '.join(right.columns)})" if right.columns else ""
        what = f"{right.privilege}{columns} on {'sequence ' if right.privilege == 'USAGE' else ''}{right.on}"
        await owner.execute(f"revoke {what} from tickertalk_{service}")
        line = await shortcoming(database, service)
        assert line is not None, right
        assert "deploy/roles/postgres.sql" in line
        assert right.on in line or right.on == "schema_migrations"
        await owner.execute(f"grant {what} to tickertalk_{service}")
    assert await shortcoming(database, service) is None


async def test_a_migration_that_is_missing_is_named_and_one_too_many_is_not(
    fit: tuple[Service, Database], owner: asyncpg.Connection
) -> None:
    service, database = fit
    await owner.execute("insert into schema_migrations (name, checksum) values ('9999_later.sql', 'x')")
    assert await shortcoming(database, service) is None
    await owner.execute("delete from schema_migrations where name = '0003_answers.sql'")
    with pytest.raises(SettingsError, match=r"0003_answers\.sql .* `python -m shared\.db`"):
        await check_fitness(database, service)
    await owner.execute("drop table schema_migrations")
    with pytest.raises(SettingsError, match=r"without our tables"):
        await check_fitness(database, service)


async def test_it_says_so_once_when_it_changes(
    fit: tuple[Service, Database], owner: asyncpg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    service, database = fit
    fitness = Fitness(database, service)
    assert await fitness.ask()
    await owner.execute(f"revoke select on companies from tickertalk_{service}")
    assert not await fitness.ask()
    assert not await fitness.ask()
    await owner.execute(f"grant select on companies to tickertalk_{service}")
    assert await fitness.ask()
    written = capsys.readouterr().out
    assert written.count("SELECT on companies") == 1
    assert written.count("fit again") == 1
