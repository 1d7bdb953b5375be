"""Whether the database is as this version needs it, and lets the own role do its work: asked at the start, and by
readiness ever after."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import asyncpg
import structlog

from shared.db.database import Database
from shared.db.migrate import migration_files
from shared.settings import SettingsError

log = structlog.get_logger(__name__)

Service = Literal["gateway", "worker"]

NO_TABLES = (
    "DATABASE_URL names a database without our tables; `make run` makes them, or `python -m shared.db`."
)
AS_OWNER = "run deploy/roles/postgres.sql as the tables' owner, as after every migration."


class Right(NamedTuple):
    """Something a role may do with a table, with some of its columns, or with a sequence (`USAGE`)."""

    privilege: str
    on: str
    columns: Sequence[str] = ()


def _reads(*tables: str) -> list[Right]:
    return [Right("SELECT", table) for table in tables]


EVERYBODY = [
    Right("SELECT", "schema_migrations", ("name",)),
    *_reads("companies", "analysis_history", "daily_prices", "chat_messages", "chat_turns", "chat_sessions"),
    *_reads("token_usage"),
]
RIGHTS: Mapping[Service, Sequence[Right]] = {
    "gateway": [
        *EVERYBODY,
        *(Right(may, "chat_sessions") for may in ("INSERT", "DELETE")),
        Right("UPDATE", "chat_sessions", ("title", "context_ticker", "context_analysis_id", "updated_at")),
        Right(
            "INSERT",
            "chat_turns",
            ("user_id", "session_id", "turn_id", "content", "context_ticker", "analysis_id", "traceparent"),
        ),
        Right("UPDATE", "chat_turns", ("cancel_requested",)),
        Right("UPDATE", "chat_messages", ("superseded_by",)),
        Right("USAGE", "chat_turns_ord_seq"),
        *(Right(may, table) for table in ("feedback", "watchlist") for may in ("SELECT", "INSERT", "DELETE")),
        Right("UPDATE", "feedback", ("vote", "reasons", "comment", "created_at")),
        Right("UPDATE", "watchlist", ("seen_analysis_id",)),
    ],
    "worker": [
        *EVERYBODY,
        Right("UPDATE", "chat_sessions", ("updated_at",)),
        Right(
            "UPDATE",
            "chat_turns",
            (
                "status",
                "attempt",
                "excused",
                "fence",
                "lease_until",
                "woken_at",
                "error",
                "announced",
                "ended_at",
            ),
        ),
        Right("USAGE", "chat_fence"),
        Right("INSERT", "chat_messages"),
        *(Right(may, "token_usage") for may in ("INSERT", "UPDATE")),
    ],
}
"""What deploy/roles/postgres.sql gives (a test compares them). The owner has all of it anyway."""

_MISSING_RIGHTS = """
    select distinct privilege || coalesce(' (' || needed.column || ')', '') || ' on ' || needed.on
      from unnest($1::text[], $2::text[], $3::text[]) as needed ("on", privilege, "column")
     where not case when privilege = 'USAGE' then has_sequence_privilege(needed.on, privilege)
                    when needed.column is null then has_table_privilege(needed.on, privilege)
                    else has_column_privilege(needed.on, needed.column, privilege) end
"""


async def shortcoming(database: Database, service: Service) -> str | None:
    """What keeps the service from working in this database, in one line that says what to run; None if nothing does.

    Raises one of `UNAVAILABLE` while Postgres is away.
    """
    needed = [name for name, _ in migration_files()]
    asked = [
        (right.on, right.privilege, column)
        for right in RIGHTS[service]
        for column in right.columns or (None,)
    ]
    try:
        applied = {row["name"] for row in await database.rows("select name from schema_migrations")}
        if older := [name for name in needed if name not in applied]:
            return (
                f"DATABASE_URL: the tables are older than this version ({older[0]} was not applied): run"
                " `python -m shared.db` as their owner, then deploy/roles/postgres.sql."
            )
        lacking = [
            row[0] for row in await database.rows(_MISSING_RIGHTS, *map(list, zip(*asked, strict=True)))
        ]
    except asyncpg.UndefinedTableError:
        return NO_TABLES
    except asyncpg.InsufficientPrivilegeError:
        return f"DATABASE_URL: its role may not do what a {service} does: {AS_OWNER}"
    if lacking:
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        return f"DATABASE_URL: its role lacks {min(lacking)}{more}: {AS_OWNER}"
    return None


async def check_fitness(database: Database, service: Service) -> None:
    """Raises `SettingsError` with the line of `shortcoming`."""
    if line := await shortcoming(database, service):
        raise SettingsError(line)


class Fitness:
    """Asks again and again; says in the log when the answer changes."""

    def __init__(self, database: Database, service: Service) -> None:
        self._database = database
        self._service: Service = service
        self._last: str | None = None

    async def ask(self) -> bool:
        """Whether the service can do its work. Raises one of `UNAVAILABLE` while Postgres is away."""
        line = await shortcoming(self._database, self._service)
        if line != self._last:
            if line:
                log.error("not ready", why=line)
            else:
                log.info("the database is fit again")
            self._last = line
        return line is None
