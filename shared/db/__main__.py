"""`python -m shared.db`: bring the database at DATABASE_URL up to date, and say what was applied."""

import asyncio
import os
import sys

from shared.db.migrate import MigrationChangedError, migrate
from shared.settings import SettingsError
from shared.start import starting


def main() -> None:
    """Apply what is missing; anything else is one clear line and exit code 2."""
    with starting("shared.db", os.environ):
        url = os.environ.get("DATABASE_URL")
        if not url:
            raise SettingsError("DATABASE_URL is not set.")
        try:
            applied = asyncio.run(migrate(url))
        except MigrationChangedError as error:
            raise SettingsError(str(error)) from None
        sys.stdout.writelines(f"{name}\n" for name in applied or ["The database is up to date."])


if __name__ == "__main__":
    main()
