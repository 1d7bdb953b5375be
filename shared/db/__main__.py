"""`python -m shared.db`: bring the database at DATABASE_URL up to date, and say what was applied."""

import asyncio
import os
import sys

import asyncpg

from shared.db.migrate import MigrationChangedError, migrate


def main() -> None:
    """Apply what is missing; anything else is one clear line and exit code 2."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        sys.exit(_stopped("DATABASE_URL is not set."))
    try:
        applied = asyncio.run(migrate(url))
    except MigrationChangedError as error:
        sys.exit(_stopped(str(error)))
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(_stopped(f"Postgres at DATABASE_URL cannot be used ({type(error).__name__})."))
    sys.stdout.writelines(f"{name}\n" for name in applied or ["The database is up to date."])


def _stopped(line: str) -> int:
    sys.stderr.write(f"shared.db: {line}\n")
    return 2


if __name__ == "__main__":
    main()
