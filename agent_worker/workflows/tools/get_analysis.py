"""`get_analysis`: one company's analysis as it stands, the newest or the one of a date."""

from agent_worker.grounding.facts import facts_of
from agent_worker.workflows.tools.arguments import GetAnalysis
from agent_worker.workflows.tools.block import METRIC_COLUMNS, REASON_COLUMNS, metric_cells, reason_cells
from agent_worker.workflows.tools.context import ToolContext, looking_up
from agent_worker.workflows.tools.result import Section, Sheet
from shared.figure_words import number


async def get_analysis(context: ToolContext, asked: GetAnalysis) -> Sheet:
    """The lines and tables of the block, without history. Raises `WrongArguments`."""
    ticker = context.ticker(asked.ticker)
    if asked.as_of is not None and (dates := await context.analyses.dates(ticker)):
        context.past(asked.as_of, dates[0], dates[-1], "as_of")
    [stored] = await context.analysed(ticker, asked.as_of)
    analysis = stored.analysis
    lines = [("COMPANY", stored.title)]
    if stored.groups:
        lines.append(("GROUP", " / ".join(stored.groups)))
    if stored.not_rated:
        lines.append(("NOT RATED NOW", stored.not_rated))
    lines += [
        ("DATE", str(analysis.as_of)),
        *([("ASKED FOR", str(asked.as_of))] if asked.as_of not in (None, analysis.as_of) else []),
        ("RATING", analysis.rating),
        ("SCORE", number(analysis.score, 1)),
        ("SUMMARY", analysis.summary),
    ]
    return Sheet(
        lines,
        [
            Section("REASONS", REASON_COLUMNS, [reason_cells(item) for item in analysis.rationale]),
            Section("METRICS", METRIC_COLUMNS, [metric_cells(metric) for metric in analysis.metrics]),
        ],
        facts_of(analysis, analysis_id=analysis.id, revision=analysis.revision),
        words=looking_up(stored.name, analysis.as_of),
    )
