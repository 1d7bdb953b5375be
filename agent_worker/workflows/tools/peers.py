"""`peers`: where a company stands among its peers in one figure."""

from statistics import median

from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.arguments import Peers
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.metrics import cell, fact, label, metric_key, metric_of, value_of
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.analysis import Peers as Group
from shared.figure_words import figure
from shared.frames.figures import Table
from shared.metric_words import METRIC_WORDS

BESIDE = 3
"""Neighbours above and below."""

POSITIVE = frozenset(
    [
        "price_earnings",
        "price_sales",
        "price_book",
        "cap_to_ebitda",
        "ebitda_margin",
        "return_on_equity",
        "dividend_yield",
        "payout",
    ]
)
"""Figures that rank only where they are above zero: a loss has no cheap P/E."""


async def peers(context: ToolContext, asked: Peers) -> Sheet:
    """Rank 1 is the highest value. Raises `WrongArguments`."""
    key = metric_key(asked.metric)
    [stored] = await context.analysed(asked.ticker)
    group = _group(stored, key)
    ranked = _ranked(await context.analyses.market(group.group), stored, key)
    mine = next((n for n, each in enumerate(ranked) if each.analysis.ticker == stored.analysis.ticker), None)
    if stored.not_rated:
        raise WrongArguments(f"{stored.title} is not rated now ({stored.not_rated}), so it has no rank")
    if mine is None:
        why = metric_of(stored, key)
        note = why.note if why and why.note else "a figure that cannot be ranked"
        raise WrongArguments(f"{stored.title} has no {label(key)} to rank: {note}")
    first = max(0, mine - BESIDE)
    rows = [(n + 1, each) for n, each in enumerate(ranked)][first : mine + BESIDE + 1]
    cells = [[str(rank), each.analysis.ticker, each.name, cell(each, key)] for rank, each in rows]
    middle = group.median if group.median is not None else _median(ranked, key)
    shown_median = figure(middle, METRIC_WORDS[key].unit)
    lines = [
        ("COMPANY", stored.title),
        ("METRIC", label(key)),
        ("VALUE", cell(stored, key)),
        ("MEDIAN", shown_median),
        ("N", str(group.n or len(ranked))),
        ("GROUP", group.group),
        ("RANK", f"{mine + 1} of {len(ranked)}"),
    ]
    return Sheet(
        lines,
        [Section("NEIGHBOURS", ("rank", "ticker", "company", "figure"), cells)],
        [
            *(known for _, each in rows if (known := fact(each, key))),
            *_place(stored, key, middle, shown_median, group, (mine + 1, len(ranked))),
        ],
        Table(["rank", "ticker", "company", label(key)], cells),
        f"Ranking {context.spoken(stored.analysis.ticker)} among {len(ranked)} in {group.group}",
    )


def _group(stored: Stored, key: str) -> Group:
    """Who the figure is compared with. Score has the group of the market cap, and no stored median."""
    if key == "score":
        size = metric_of(stored, "market_cap")
        if size is not None and size.peers is not None:
            return Group(size.peers.group, 0)
    metric = metric_of(stored, key)
    if metric is None or metric.peers is None:
        compared = [each.key for each in stored.analysis.metrics if each.peers is not None]
        raise WrongArguments(f"{label(key)} is not compared with peers", ["score", *compared])
    return metric.peers


def _ranked(market: list[Stored], stored: Stored, key: str) -> list[Stored]:
    """Those that have the figure, highest first; of two share classes the one asked for, or the first."""
    usable = [
        each
        for each in market
        if (value := value_of(each, key)) is not None and (value > 0 or key not in POSITIVE)
    ]
    one_each: dict[str, Stored] = {}
    for each in usable:
        company = each.name.partition(" (Class")[0]
        if each.analysis.ticker == stored.analysis.ticker or company not in one_each:
            one_each[company] = each
    return sorted(one_each.values(), key=lambda each: (-(value_of(each, key) or 0.0), each.analysis.ticker))


def _median(ranked: list[Stored], key: str) -> float:
    return median(value_of(each, key) or 0.0 for each in ranked)


def _place(
    stored: Stored, key: str, middle: float, shown: str, group: Group, place: tuple[int, int]
) -> list[Fact]:
    known = fact(stored, key)
    if known is None:
        return []
    rank, of = place
    where = f"metrics/{key}"
    return [
        known._replace(role="median", value=middle, shown=shown, where=f"{where}/median"),
        known._replace(
            role="n", value=float(group.n or of), unit="count", shown=str(group.n or of), where=f"{where}/n"
        ),
        known._replace(role="rank", value=float(rank), unit="count", shown=str(rank), where="peers/rank"),
        known._replace(role="ranked", value=float(of), unit="count", shown=str(of), where="peers/ranked"),
    ]
