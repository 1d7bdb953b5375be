"""Importing into a real database: all rows or none, and never lost to the sample."""

import os
import sys

import msgspec
import pytest

from deploy.imports.__main__ import Outcome, import_text, summary
from deploy.imports.announce import LATER
from deploy.imports.store import Put
from deploy.local.ports import free_port
from deploy.sample.__main__ import has_companies, load
from deploy.sample.analyses import Made
from deploy.sample.figures import Figures
from tests.deploy.imports.test_rows import EXAMPLE
from tests.deploy.loading import fetch, run
from tests.deploy.sample.conftest import Find


async def test_analyses_of_others_are_left_alone(
    database_url: str, few: Figures, few_made: Made, find: Find
) -> None:
    await load(database_url, few, few_made)
    mine = msgspec.structs.replace(find("KO", "08-22"), score=70.0, summary="Made by hand.")
    row = {**msgspec.to_builtins(mine), "company": {"name": "My name for it"}}
    outcome = await import_text(database_url, msgspec.json.encode([row]).decode())
    assert outcome == Outcome([], [Put("KO", mine.as_of, new=False)])
    assert summary(outcome.put) == ("Imported 1 analysis of 1 company: 0 new, 1 replaced (KO of 2026-08-22).")
    assert await load(database_url, few, few_made) == []
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
    assert [(put.new, put.changed) for put in again.put] == [(False, False), (False, False)]
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


async def test_the_import_command_reports_like_a_compiler(
    database_url: str, tmp_path: "os.PathLike[str]"
) -> None:
    file = os.path.join(tmp_path, "mine.json")
    with open(file, "w", encoding="utf-8") as written:
        written.write(
            EXAMPLE.replace('"rating": "hold",\n    "score": 52.0', '"rating": "keep",\n    "score": 52.0')
        )
    bad = run("deploy.imports", file, database_url=database_url)
    assert bad.returncode == 1
    assert bad.stderr.splitlines() == [
        f"{file}:2: rating: Invalid enum value 'keep'",
        "1 bad row. Nothing was imported.",
    ]
    with open(file, "w", encoding="utf-8") as written:
        written.write("\ufeff" + EXAMPLE)
    good = run("deploy.imports", file, database_url=database_url)
    assert (good.returncode, good.stdout) == (0, "Imported 2 analyses of 1 company: 2 new, 0 replaced.\n")
    assert good.stderr == f"REDIS_URL is not set, so nobody was told. {LATER}\n"


async def test_while_redis_is_away_the_import_lands_and_says_so(
    database_url: str, tmp_path: "os.PathLike[str]"
) -> None:
    file = os.path.join(tmp_path, "mine.json")
    with open(file, "w", encoding="utf-8") as written:
        written.write(EXAMPLE)
    redis_url = f"redis://127.0.0.1:{free_port()}"
    done = run("deploy.imports", file, database_url=database_url, redis_url=redis_url)
    assert (done.returncode, done.stdout) == (0, "Imported 2 analyses of 1 company: 2 new, 0 replaced.\n")
    assert done.stderr == (
        f"The Redis of REDIS_URL cannot be used (ConnectionError). Is it running? Nobody was told. {LATER}\n"
    )
    assert len(await fetch(database_url, "select from analysis_history")) == 2
    nonsense = run("deploy.imports", file, database_url=database_url, redis_url="nonsense")
    assert (nonsense.returncode, nonsense.stderr) == (0, "")  # nothing changed: there is nothing to tell


@pytest.mark.parametrize(
    ("arguments", "database_url", "says"),
    [
        (["deploy.imports", "none.json"], "", "DATABASE_URL is not set"),
        (["deploy.imports", "none.json"], "postgresql://x@127.0.0.1:9/y", "There is no file none.json"),
        (["deploy.imports", sys.executable], "postgresql://x@127.0.0.1:9/y", "is not UTF-8 text"),
    ],
)  # fmt: skip
def test_what_cannot_work_ends_with_one_line(arguments: list[str], database_url: str, says: str) -> None:
    ended = run(*arguments, database_url=database_url)
    assert ended.returncode == 1
    assert says in ended.stderr
    assert ended.stderr.count("\n") == 1
