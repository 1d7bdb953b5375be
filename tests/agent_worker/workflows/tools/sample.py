"""The sample as it was made, to compare with what the tools say of what was stored."""

from collections.abc import Mapping

from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.result import ToolResult
from deploy.sample.analyses import Made, by_ticker, make_analyses
from deploy.sample.figures import Figures, read_figures
from shared.analysis import Analysis, Metric

FIGURES: Figures = read_figures()
MADE: Made = make_analyses(FIGURES)
ANALYSES: Mapping[str, list[Analysis]] = by_ticker(MADE.analyses)
NOW = {ticker: found[-1] for ticker, found in ANALYSES.items() if ticker not in MADE.not_rated}
SPLIT = ("MNST", "KLAC", "CRWD", "DD")


def metric(analysis: Analysis, key: str) -> Metric:
    return next(each for each in analysis.metrics if each.key == key)


def facts(result: ToolResult, role: str, key: str) -> list[Fact]:
    return [fact for fact in result.facts if (fact.role, fact.metric) == (role, key)]
