"""`python -m deploy.sample`: make the sample analyses and load them into the database of DATABASE_URL.

Open pages are told over the Redis of REDIS_URL, if that is set.

With `--if-empty` only into a database that has no companies yet, which takes no time to see.
"""

import argparse
import asyncio
import datetime as dt
import os
import sys
import time

from deploy.imports.announce import announce
from deploy.imports.store import lock
from deploy.sample.analyses import Made, make_analyses
from deploy.sample.figures import Figures, read_figures
from deploy.sample.store import put_companies, put_prices, put_sample_analyses
from shared.db.database import connected
from shared.db.migrate import MigrationChangedError, migrate
from shared.db.unusable import UNUSABLE


def main() -> int:
    """Load everything; 0 when done, 1 with one clear line when not."""
    options = argparse.ArgumentParser(prog="python -m deploy.sample", description=__doc__)
    options.add_argument("--if-empty", action="store_true", help="do nothing if there are companies already")
    only_if_empty: bool = options.parse_args().if_empty
    database_url = os.environ.get("DATABASE_URL")
    if not database_url:
        print("DATABASE_URL is not set. `make run` sets it; see README, Configuration.", file=sys.stderr)
        return 1
    try:
        asyncio.run(run(database_url, only_if_empty=only_if_empty, redis_url=os.environ.get("REDIS_URL")))
    except (*UNUSABLE, MigrationChangedError) as error:
        print(f"Sample data: the database of DATABASE_URL did not take it: {error}", file=sys.stderr)
        return 1
    return 0


async def run(database_url: str, *, only_if_empty: bool, redis_url: str | None = None) -> None:
    """Bring the tables up to date, make the analyses and load them, with a line for each step."""
    await migrate(database_url)
    if only_if_empty and await has_companies(database_url):
        print("Sample data: the database has companies already")
        return
    started = time.monotonic()
    figures = read_figures()
    print(
        f"Sample data: figures of {len(figures.companies)} companies on {len(figures.days)} days", flush=True
    )
    made = make_analyses(figures)
    rated = {analysis.ticker for analysis in made.analyses}
    print(f"Sample data: {len(made.analyses)} analyses of {len(rated)} companies made", flush=True)
    changed = await load(database_url, figures, made)
    print(
        f"Sample data: loaded in {time.monotonic() - started:.1f} s, {len(changed)} analyses new or changed"
    )
    untold = await announce(redis_url, changed) if redis_url else None
    if untold:
        print(f"Sample data: {untold}", file=sys.stderr)


async def has_companies(database_url: str) -> bool:
    """Whether anything was loaded before."""
    async with connected(database_url) as connection:
        return bool(await connection.fetchval("select exists (select from companies)"))


async def load(database_url: str, figures: Figures, made: Made) -> list[tuple[str, dt.date]]:
    """Write all in one transaction. Returns ticker and date of the analyses that are new or changed."""
    async with connected(database_url) as connection, connection.transaction():
        await lock(connection)
        await put_companies(connection, figures.companies.values(), made.not_rated)
        changed = await put_sample_analyses(connection, made.analyses)
        await put_prices(connection, made.prices)
        return changed


if __name__ == "__main__":
    sys.exit(main())
