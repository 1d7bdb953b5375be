"""`make chaos`: every case, or CASE=7 (CASE=7,12,24b), or MUTANTS=1, or MINUTES=5 of random faults.

make chaos                       all cases, then a short soak; a table, and JSON in chaos.json
make chaos CASE=7                one case, with all it saw
make chaos MUTANTS=1             every case again on the broken builds it names: each must be caught
make chaos MINUTES=5 SEED=1      a random soak, the same faults in the same order for the same seed
make chaos JOBS=2                so many cases at once (default 1: they share the machine with what they time)
"""

import asyncio
import logging
import os
import sys
import tempfile
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from deploy.local.postgres import Postgres
from tests.faults.case import CASES, Case, Result, run_case
from tests.faults.cases import load_cases
from tests.faults.mutants import MUTANTS, load
from tests.support.databases import FAST, Databases

JSON = Path("chaos.json")

console = Console(highlight=False, soft_wrap=True)


def chosen(names: str) -> list[Case]:
    """The cases named by `CASE`: a number means all its parts."""
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    return [case for case in CASES if not wanted or case.name in wanted or str(case.number) in wanted]


async def run_all(runs: list[tuple[Case, str | None]], jobs: int) -> list[Result]:
    """Run cases, each perhaps as a mutant, and show each as it ends."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        server = Postgres(Path(folder), settings=FAST)
        await server.start()
        try:
            databases, free = Databases(server), asyncio.Semaphore(jobs)
            async with databases.database():
                pass  # the template is made once, before cases run side by side

            async def one(case: Case, mutant: str | None) -> Result:
                async with free:
                    result = await run_case(case, databases, mutant=mutant, logs=bool(os.environ.get("LOGS")))
                    show(result)
                    return result

            return list(await asyncio.gather(*(one(case, mutant) for case, mutant in runs)))
        finally:
            await server.stop()


def passed(result: Result) -> bool:
    """A case held; or, as a mutant, was caught (an equivalent one must hold)."""
    if result.broken:
        return False
    caught = bool(result.failure)
    return caught == (result.mutant is not None and not MUTANTS[result.mutant].equivalent)


def verdict(result: Result) -> str:
    """What to call it."""
    if result.broken:
        return "harness broke"
    if result.mutant is None:
        return "FAILED" if result.failure else "held"
    if MUTANTS[result.mutant].equivalent:
        return "NOT equivalent" if result.failure else "equivalent, as documented"
    return "caught" if result.failure else "NOT CAUGHT"


def show(result: Result) -> None:
    """One case: what was injected, what was seen, the verdict."""
    build = f"  [mutant {result.mutant}]" if result.mutant else ""
    console.print(f"\ncase {result.case}: {result.title}{build}", style="bold", markup=False)
    for kind, what in result.story:
        console.print(f"  {kind:9}{what}", markup=False)
    for name, value in result.figures.items():
        console.print(f"  {'figure':9}{name}: {value:g}", markup=False)
    style = "green" if passed(result) else "bold red"
    console.print(
        f"  {verdict(result)} in {result.seconds:.1f} s  {result.failure}", style=style, markup=False
    )
    if result.broken:
        console.print(result.broken, markup=False)


def summary(results: list[Result]) -> None:
    """The table at the end, and the same as JSON."""
    table = Table("case", "what", "mutant", "seconds", "verdict")
    for result in results:
        style = None if passed(result) else "bold red"
        table.add_row(
            result.case,
            result.title,
            result.mutant or "",
            f"{result.seconds:.1f}",
            verdict(result),
            style=style,
        )
    console.print(table)
    good = sum(map(passed, results))
    console.print(f"{good} passed, {len(results) - good} failed")
    JSON.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))


def main() -> int:
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # that workers are gone is meant
    load_cases()
    load()
    cases = chosen(os.environ.get("CASE", "34" if "MINUTES" in os.environ else ""))
    if not cases:
        console.print(f"There is no case {os.environ['CASE']}.")
        return 2
    runs: list[tuple[Case, str | None]] = [(case, None) for case in cases]
    if os.environ.get("MUTANTS"):
        runs = [(case, mutant) for case in cases for mutant in case.catches]
        if only := os.environ.get("MUTANT"):
            runs = [(case, mutant) for case, mutant in runs if mutant == only]
    results = asyncio.run(run_all(runs, int(os.environ.get("JOBS", "1"))))
    summary(results)
    return 0 if all(map(passed, results)) else 1


if __name__ == "__main__":
    sys.exit(main())
