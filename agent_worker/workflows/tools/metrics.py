"""The metrics that tools know: checked names, labels, and their figures in an analysis."""

from rapidfuzz import process

from agent_worker.analysis.naming.words import plain
from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.block import NONE
from agent_worker.workflows.tools.result import WrongArguments
from shared.analysis import Metric
from shared.figure_words import figure
from shared.metric_words import METRIC_WORDS, synonyms

HEAD = frozenset({"score", "rating"})
"""What an analysis says of itself, beside its metrics."""

BY_NAME = {plain(name): key for key, words in METRIC_WORDS.items() for name in synonyms(words)}
PER_SHARE = frozenset({"price", "earnings_per_share", "week52_low", "week52_high"})
"""Amounts a share: before a split they are of other shares."""

NEAR_ENOUGH = 60


def metric_key(name: str) -> str:
    """The key of a metric given by key, or by a label or synonym word for word. Raises `WrongArguments`."""
    key = name.strip().lower()
    if key in METRIC_WORDS:
        return key
    if found := BY_NAME.get(plain(key)):
        return found
    near = process.extractOne(plain(key), [*METRIC_WORDS, *BY_NAME], score_cutoff=NEAR_ENOUGH)
    hint = ""
    if near is not None:
        hint = f"; the nearest is {near[0] if near[0] in METRIC_WORDS else BY_NAME[near[0]]}"
    raise WrongArguments(f'unknown metric "{name[:40]}"{hint}', METRIC_WORDS)


def label(key: str) -> str:
    """The metric's label."""
    return METRIC_WORDS[key].label


def metric_of(stored: Stored, key: str) -> Metric | None:
    """The metric of an analysis, or None where it has none of that name."""
    return next((metric for metric in stored.analysis.metrics if metric.key == key), None)


def value_of(stored: Stored, key: str) -> float | None:
    """The figure to compare and to sort by; a rating has none."""
    if key == "score":
        return stored.analysis.score
    metric = metric_of(stored, key)
    return metric.value if metric else None


def cell(stored: Stored, key: str) -> str:
    """The figure as it is shown."""
    if key == "rating":
        return stored.analysis.rating
    if key == "score":
        return figure(stored.analysis.score, "points")
    metric = metric_of(stored, key)
    return figure(metric.value, metric.unit) if metric else NONE


def fact(stored: Stored, key: str, role: str = "value") -> Fact | None:
    """The figure as a fact; None where there is none."""
    analysis = stored.analysis
    if key == "rating":
        value, unit, where = 0.0, "text", "rating"
    elif key == "score":
        value, unit, where = analysis.score, "points", "score"
    else:
        metric = metric_of(stored, key)
        if metric is None or metric.value is None:
            return None
        value, unit, where = metric.value, metric.unit, f"metrics/{key}/value"
    return Fact(analysis.ticker, key, role, value, unit, cell(stored, key), analysis.as_of, where, analysis.id,
                analysis.revision, label(key) if key in METRIC_WORDS else key)  # fmt: skip
