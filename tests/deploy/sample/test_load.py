"""Loading the sample into a real database: all of it, once."""

import datetime as dt

import msgspec
import pytest

from deploy.sample.__main__ import load
from deploy.sample.analyses import Made
from deploy.sample.figures import Figures
from shared.analysis import Metric, RationaleItem, StoredAnalysis
from tests.deploy.loading import fetch, run


async def test_what_is_stored_is_what_was_made(database_url: str, few: Figures, few_made: Made) -> None:
    assert len(await load(database_url, few, few_made)) == len(few_made.analyses)
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
    assert await load(database_url, few, few_made) == []
    assert await fetch(database_url, "select * from analysis_history order by id") == before


async def test_a_row_of_an_older_version_of_the_rule_is_corrected_and_keeps_its_id(
    database_url: str, few: Figures, few_made: Made
) -> None:
    await load(database_url, few, few_made)
    where = "where ticker = 'KO' and as_of = '2026-08-22'"
    [before] = await fetch(database_url, f"update analysis_history set score = 1 {where} returning id")
    assert await load(database_url, few, few_made) == [("KO", dt.date(2026, 8, 22))]
    [after] = await fetch(database_url, f"select id, score, revision from analysis_history {where}")
    assert (after["id"], float(after["score"]), after["revision"]) == (before["id"], 57.9, 2)
    others = await fetch(database_url, "select distinct revision from analysis_history where ticker <> 'KO'")
    assert [row["revision"] for row in others] == [1]


async def test_the_command_loads_everything_in_seconds(database_url: str) -> None:
    done = run("deploy.sample", database_url=database_url)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Sample data: figures of 503 companies on 69 days"
    assert lines[1] == "Sample data: 5331 analyses of 485 companies made"
    assert lines[2].endswith(" s, 5331 analyses new or changed")
    skipped = run("deploy.sample", "--if-empty", database_url=database_url)
    assert skipped.stdout == "Sample data: the database has companies already\n"


@pytest.mark.parametrize(
    ("arguments", "database_url", "says"),
    [
        (["deploy.sample"], "", "DATABASE_URL is not set"),
        (["deploy.sample"], "postgresql://nobody@127.0.0.1:9/none", "Sample data: the database of DATABASE_URL"),
    ],
)  # fmt: skip
def test_what_cannot_work_ends_with_one_line(arguments: list[str], database_url: str, says: str) -> None:
    ended = run(*arguments, database_url=database_url)
    assert ended.returncode == 1
    assert says in ended.stderr
    assert ended.stderr.count("\n") == 1
