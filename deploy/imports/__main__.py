"""`python -m deploy.imports FILE`: bring in analyses that someone else made (docs/import.md).

All rows or none: every bad row is reported by its line, and then nothing is written. Open pages are told over the
Redis of REDIS_URL.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from deploy.imports.announce import announce
from deploy.imports.rows import Problem, Row, read_rows
from deploy.imports.store import Put, known_tickers, lock, put_company, put_imported_analyses
from shared.db.database import connected
from shared.db.migrate import MigrationChangedError, migrate
from shared.db.unusable import UNUSABLE

MOST_REPORTED = 100


class Outcome(msgspec.Struct, frozen=True):
    """What an import did: either problems, and nothing was written, or the rows that were."""

    problems: list[Problem]
    put: list[Put]


def main() -> int:
    """Import one file; 0 when all of it is in, 1 when none of it is."""
    options = argparse.ArgumentParser(prog="python -m deploy.imports", description=__doc__)
    options.add_argument("file", type=Path, help="a JSON array of analyses, or one analysis per line")
    file: Path = options.parse_args().file
    database_url = os.environ.get("DATABASE_URL")
    if not database_url:
        print("DATABASE_URL is not set; see README, Configuration.", file=sys.stderr)
        return 1
    try:
        text = file.read_text("utf-8-sig")
        outcome = asyncio.run(import_text(database_url, text))
    except UnicodeDecodeError as error:
        print(f"{file} is not UTF-8 text (byte {error.start}). Nothing was imported.", file=sys.stderr)
        return 1
    except FileNotFoundError:
        print(f"There is no file {file}. Nothing was imported.", file=sys.stderr)
        return 1
    except (*UNUSABLE, MigrationChangedError) as error:
        print(f"{error}. Nothing was imported.", file=sys.stderr)
        return 1
    if outcome.problems:
        report(file, outcome.problems)
        return 1
    print(summary(outcome.put))
    changed = [(put.ticker, put.as_of) for put in outcome.put if put.changed]
    untold = asyncio.run(announce(os.environ.get("REDIS_URL"), changed))
    if untold:  # it is in all the same: Redis only brings the news
        print(untold, file=sys.stderr)
    return 0


async def import_text(database_url: str, text: str) -> Outcome:
    """Check all rows, then write all in one transaction, or nothing."""
    rows, problems = read_rows(text)
    if problems:
        return Outcome(problems, [])
    await migrate(database_url)
    async with connected(database_url) as connection, connection.transaction():
        await lock(connection)
        problems = _without_company(rows, await known_tickers(connection))
        if problems:
            return Outcome(problems, [])
        for row in rows:
            await put_company(connection, row.analysis.ticker, row.analysis.company)
        return Outcome([], await put_imported_analyses(connection, [row.analysis for row in rows]))


def _without_company(rows: Sequence[Row], known: set[str]) -> list[Problem]:
    named = known | {row.analysis.ticker for row in rows if row.analysis.company}
    return [
        Problem(row.line, f"ticker: {row.analysis.ticker} is unknown; give its company {{name, sector, …}}")
        for row in rows
        if row.analysis.ticker not in named
    ]


def report(file: Path, problems: Sequence[Problem]) -> None:
    """One line per problem, as a compiler would, then what it means."""
    for problem in problems[:MOST_REPORTED]:
        print(f"{file}:{problem.line}: {problem.what}", file=sys.stderr)
    if len(problems) > MOST_REPORTED:
        print(f"… and {len(problems) - MOST_REPORTED} more", file=sys.stderr)
    rows = _count(len({problem.line for problem in problems}), "bad row", "bad rows")
    print(f"{rows}. Nothing was imported.", file=sys.stderr)


def summary(put: Sequence[Put]) -> str:
    """What was written, and what it replaced."""
    replaced = [each for each in put if not each.new]
    analyses = _count(len(put), "analysis", "analyses")
    companies = _count(len({each.ticker for each in put}), "company", "companies")
    text = f"Imported {analyses} of {companies}: {len(put) - len(replaced)} new, {len(replaced)} replaced"
    named = ", ".join(f"{each.ticker} of {each.as_of}" for each in replaced[:10])
    more = ", …" if len(replaced) > 10 else ""
    return f"{text} ({named}{more})." if replaced else f"{text}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


if __name__ == "__main__":
    sys.exit(main())
