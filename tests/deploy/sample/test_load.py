"""Loading the sample into a real database: all of it, once, and never over somebody else's analyses."""

import os
import subprocess
import sys

import asyncpg
import msgspec
import pytest

from deploy.sample.__main__ import has_companies, load
from deploy.sample.analyses import Made, make_analyses
from deploy.sample.figures import Figures
from deploy.sample.import_file import Outcome, import_text, summary
from deploy.sample.store import Put
from shared.analysis import Metric, RationaleItem, StoredAnalysis
from tests.deploy.sample.conftest import Find
from tests.deploy.sample.test_import_rows import EXAMPLE


@pytest.fixture
def few(figures: Figures) -> Figures:
    """The consumer staples: few enough to load in no time."""
    kept = {
        ticker: company
        for ticker, company in figures.companies.items()
        if company.sector == "Consumer Staples" or ticker == "EA"
    }
    return Figures(figures.days, kept, {ticker: figures.rows[ticker] for ticker in kept})


@pytest.fixture
def few_made(few: Figures) -> Made:
    return make_analyses(few)


async def fetch(url: str, query: str, *values: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(query, *values)
        return rows
    finally:
        await connection.close()


async def test_what_is_stored_is_what_was_made(database_url: str, few: Figures, few_made: Made) -> None:
    assert await load(database_url, few, few_made) == len(few_made.analyses)
    stored = await fetch(database_url, "select * from analysis_history")
    found = {
        (row["ticker"], row["as_of"]): StoredAnalysis(
            id=row["id"],
            ticker=row["ticker"],
            as_of=row["as_of"],
            rating=row["rating"],
            score=float(row["score"]),
            summary=row["summary"],
            metrics=msgspec.json.decode(row["metrics"], type=list[Metric]),
            rationale=msgspec.json.decode(row["rationale"], type=list[RationaleItem]),
        )
        for row in stored
    }
    assert len(found) == len(few_made.analyses)
    for analysis in few_made.analyses:
        same = found[analysis.ticker, analysis.as_of]
        for name in analysis.__struct_fields__:
            assert getattr(same, name) == getattr(analysis, name)
    [ko] = await fetch(database_url, "select * from companies where ticker = 'KO'")
    assert dict(ko) == {
        "ticker": "KO",
        "name": "Coca-Cola Company (The)",
        "sector": "Consumer Staples",
        "industry_group": "Food, Beverage & Tobacco",
        "sub_industry": "Soft Drinks & Non-alcoholic Beverages",
        "not_rated": None,
    }
    [price] = await fetch(
        database_url, "select price from daily_prices where ticker = 'KO' order by snapshot desc limit 1"
    )
    assert price["price"] == 91.1


async def test_companies_without_an_analysis_say_why(database_url: str, few: Figures, few_made: Made) -> None:
    await load(database_url, few, few_made)
    rows = await fetch(database_url, "select ticker, not_rated from companies where not_rated is not null")
    assert {row["ticker"]: row["not_rated"] for row in rows} == {
        "BF.B": "never had figures",
        "EA": "no usable figures since 5 Aug",
        "K": "never had figures",
        "WBA": "never had figures",
    }


async def test_loading_twice_changes_nothing(database_url: str, few: Figures, few_made: Made) -> None:
    await load(database_url, few, few_made)
    before = await fetch(database_url, "select * from analysis_history order by id")
    assert await load(database_url, few, few_made) == 0
    assert await fetch(database_url, "select * from analysis_history order by id") == before


async def test_a_row_of_an_older_version_of_the_rule_is_corrected_and_keeps_its_id(
    database_url: str, few: Figures, few_made: Made
) -> None:
    await load(database_url, few, few_made)
    where = "where ticker = 'KO' and as_of = '2026-08-22'"
    [before] = await fetch(database_url, f"update analysis_history set score = 1 {where} returning id")
    assert await load(database_url, few, few_made) == 1
    [after] = await fetch(database_url, f"select id, score, revision from analysis_history {where}")
    assert (after["id"], float(after["score"]), after["revision"]) == (before["id"], 57.9, 2)
    others = await fetch(database_url, "select distinct revision from analysis_history where ticker <> 'KO'")
    assert [row["revision"] for row in others] == [1]


async def test_analyses_of_others_are_left_alone(
    database_url: str, few: Figures, few_made: Made, find: Find
) -> None:
    await load(database_url, few, few_made)
    mine = msgspec.structs.replace(find("KO", "08-22"), score=70.0, summary="Made by hand.")
    row = {**msgspec.to_builtins(mine), "company": {"name": "My name for it"}}
    outcome = await import_text(database_url, msgspec.json.encode([row]).decode())
    assert outcome == Outcome([], [Put("KO", mine.as_of, new=False)])
    assert summary(outcome.put) == ("Imported 1 analysis of 1 company: 0 new, 1 replaced (KO of 2026-08-22).")
    assert await load(database_url, few, few_made) == 0
    [kept] = await fetch(
        database_url,
        "select score, summary from analysis_history where ticker = 'KO' order by as_of desc limit 1",
    )
    assert (float(kept["score"]), kept["summary"]) == (70.0, "Made by hand.")
    [company] = await fetch(database_url, "select name from companies where ticker = 'KO'")
    assert company["name"] == "My name for it"


async def test_a_corrected_analysis_has_a_higher_revision_and_its_maker(
    database_url: str, few: Figures, few_made: Made, find: Find
) -> None:
    await load(database_url, few, few_made)
    what = "select revision, made_by from analysis_history where ticker = 'KO' and as_of = '2026-08-22'"
    assert [tuple(row) for row in await fetch(database_url, what)] == [(1, "points-1")]
    mine = {**msgspec.to_builtins(find("KO", "08-22")), "made_by": "desk-7"}
    for expected in [(2, "desk-7"), (2, "desk-7")]:  # the second time it says nothing new
        await import_text(database_url, msgspec.json.encode([mine]).decode())
        assert [tuple(row) for row in await fetch(database_url, what)] == [expected]
    await import_text(database_url, msgspec.json.encode([{**mine, "score": 12.5}]).decode())
    assert [tuple(row) for row in await fetch(database_url, what)] == [(3, "desk-7")]


async def test_nobody_imports_in_the_name_of_the_sample(database_url: str, find: Find) -> None:
    mine = {**msgspec.to_builtins(find("KO", "08-22")), "made_by": "points-1"}
    outcome = await import_text(database_url, msgspec.json.encode([mine]).decode())
    assert [problem.what.partition(":")[0] for problem in outcome.problems] == ["made_by"]


async def test_an_imported_analysis_makes_a_company_rated(
    database_url: str, few: Figures, few_made: Made, find: Find
) -> None:
    await load(database_url, few, few_made)
    mine = msgspec.structs.replace(find("KO", "08-22"), ticker="EA", summary="Made by hand.")
    await import_text(database_url, msgspec.json.encode(mine).decode())
    await load(database_url, few, few_made)
    [ea] = await fetch(database_url, "select not_rated from companies where ticker = 'EA'")
    assert ea["not_rated"] is None


async def test_the_example_is_imported_and_imported_again(database_url: str) -> None:
    first = await import_text(database_url, EXAMPLE)
    assert [put.new for put in first.put] == [True, True]
    ids = await fetch(database_url, "select id, ticker, as_of from analysis_history order by as_of")
    again = await import_text(database_url, EXAMPLE)
    assert [put.new for put in again.put] == [False, False]
    assert await fetch(database_url, "select id, ticker, as_of from analysis_history order by as_of") == ids


async def test_one_bad_row_and_nothing_is_imported(database_url: str) -> None:
    text = EXAMPLE.replace('"score": 51.5', '"score": "high"', 1)
    outcome = await import_text(database_url, text)
    assert [(problem.line, problem.what) for problem in outcome.problems] == [
        (29, "score: Expected `float`, got `str`")
    ]
    assert await fetch(database_url, "select from analysis_history") == []


async def test_an_unknown_ticker_needs_its_company(database_url: str, find: Find) -> None:
    unknown = msgspec.json.encode(find("JPM", "08-22")).decode()
    example = [msgspec.json.encode(row).decode() for row in msgspec.json.decode(EXAMPLE)]
    outcome = await import_text(database_url, "\n".join([*example, unknown]))
    assert [(problem.line, problem.what) for problem in outcome.problems] == [
        (3, "ticker: JPM is unknown; give its company {name, sector, …}")
    ]
    assert await fetch(database_url, "select from companies") == []
    assert await fetch(database_url, "select from analysis_history") == []


async def test_has_companies(database_url: str) -> None:
    assert not await has_companies(database_url)
    await import_text(database_url, EXAMPLE)
    assert await has_companies(database_url)


def run(*arguments: str, database_url: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": database_url}
    return subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False
    )


async def test_the_command_loads_everything_in_seconds(database_url: str) -> None:
    done = run("deploy.sample", database_url=database_url)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Sample data: figures of 503 companies on 69 days"
    assert lines[1] == "Sample data: 5331 analyses of 485 companies made"
    assert lines[2].endswith(" s, 5331 analyses new or changed")
    skipped = run("deploy.sample", "--if-empty", database_url=database_url)
    assert skipped.stdout == "Sample data: the database has companies already\n"


async def test_the_import_command_reports_like_a_compiler(
    database_url: str, tmp_path: "os.PathLike[str]"
) -> None:
    file = os.path.join(tmp_path, "mine.json")
    with open(file, "w", encoding="utf-8") as written:
        written.write(
            EXAMPLE.replace('"rating": "hold",\n    "score": 52.0', '"rating": "keep",\n    "score": 52.0')
        )
    bad = run("deploy.sample.import_file", file, database_url=database_url)
    assert bad.returncode == 1
    assert bad.stderr.splitlines() == [
        f"{file}:2: rating: Invalid enum value 'keep'",
        "1 bad row. Nothing was imported.",
    ]
    with open(file, "w", encoding="utf-8") as written:
        written.write("\ufeff" + EXAMPLE)
    good = run("deploy.sample.import_file", file, database_url=database_url)
    assert (good.returncode, good.stdout) == (0, "Imported 2 analyses of 1 company: 2 new, 0 replaced.\n")


@pytest.mark.parametrize(
    ("arguments", "database_url", "says"),
    [
        (["deploy.sample"], "", "DATABASE_URL is not set"),
        (["deploy.sample"], "postgresql://nobody@127.0.0.1:9/none", "Sample data: the database of DATABASE_URL"),
        (["deploy.sample.import_file", "none.json"], "", "DATABASE_URL is not set"),
        (["deploy.sample.import_file", "none.json"], "postgresql://x@127.0.0.1:9/y", "There is no file none.json"),
        (["deploy.sample.import_file", sys.executable], "postgresql://x@127.0.0.1:9/y", "is not UTF-8 text"),
    ],
)  # fmt: skip
def test_what_cannot_work_ends_with_one_line(arguments: list[str], database_url: str, says: str) -> None:
    ended = run(*arguments, database_url=database_url)
    assert ended.returncode == 1
    assert says in ended.stderr
    assert ended.stderr.count("\n") == 1
