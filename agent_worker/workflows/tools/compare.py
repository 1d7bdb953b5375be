"""`compare`: figures of several companies side by side."""

from collections.abc import Sequence

from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.arguments import Compare
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.metrics import cell, fact, label, metric_key, value_of
from agent_worker.workflows.tools.result import Section, Sheet
from shared.better import better
from shared.figure_words import day
from shared.frames.figures import Table


async def compare(context: ToolContext, asked: Compare) -> Sheet:
    """A row for each company in the order asked for. Raises `WrongArguments`."""
    tickers = list(dict.fromkeys(map(context.ticker, asked.tickers)))
    metrics = list(dict.fromkeys(map(metric_key, asked.metrics)))
    found = {stored.analysis.ticker: stored for stored in await context.analyses.newest_of(tickers)}
    missing = [ticker for ticker in tickers if ticker not in found]
    if len(missing) == len(tickers):
        raise await context.no_analysis(missing[0])
    rows = [found[ticker] for ticker in tickers if ticker in found]
    dates = sorted({stored.analysis.as_of for stored in rows})
    lines = [("DATES", str(dates[0]) if len(dates) == 1 else "differ")]
    reasons = [await context.no_analysis(ticker) for ticker in missing]
    lines += [("NO ANALYSIS", reason.what) for reason in reasons]
    lines += [("NOT RATED NOW", f"{stored.title}: {stored.not_rated}") for stored in rows if stored.not_rated]
    columns = ("ticker", "company", "date", *map(label, metrics))
    cells = [
        [s.analysis.ticker, s.name, str(s.analysis.as_of), *(cell(s, key) for key in metrics)] for s in rows
    ]
    return Sheet(
        lines,
        [
            Section("COMPARISON", columns, cells),
            Section("BEST", ("figure", "ticker", "why"), best(rows, metrics)),
        ],
        [known for stored in rows for key in metrics if (known := fact(stored, key))],
        Table(list(columns), cells),
        f"Comparing {', '.join(context.spoken(stored.analysis.ticker) for stored in rows)}, {day(dates[-1])}",
    )


def best(rows: Sequence[Stored], metrics: Sequence[str]) -> list[list[str]]:
    """For each figure with a better end the company that has it, if more than one has the figure."""
    found = []
    for key in metrics:
        ends = better(key, ((s.analysis.ticker, value_of(s, key)) for s in rows))
        if ends is not None:
            found.append([label(key), ", ".join(ends[1]), ends[0]])
    return found
