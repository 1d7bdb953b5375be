"""The figures of an analysis, each with its unit, its day, its peers' median, and a note where one is due."""

import msgspec

from deploy.sample.facts import Facts
from deploy.sample.peers import PeerFigures
from deploy.sample.series import EPS_SPAN
from shared.analysis import Metric, Peers, Unit

METRICS: tuple[tuple[str, str, Unit], ...] = (
    ("price", "Price", "usd"),
    ("price_earnings", "P/E", "ratio"),
    ("price_sales", "P/S", "ratio"),
    ("price_book", "P/B", "ratio"),
    ("cap_to_ebitda", "Market cap ÷ EBITDA", "ratio"),
    ("earnings_per_share", f"Earnings per share (median of {EPS_SPAN} snapshots)", "usd"),
    ("earnings_per_share_snapshot", "Earnings per share (this snapshot)", "usd"),
    ("earnings_change", "Change in earnings per share", "fraction"),
    ("dividend_yield", "Dividend yield", "fraction"),
    ("payout", "Payout", "fraction"),
    ("ebitda", "EBITDA", "usd"),
    ("ebitda_margin", "EBITDA margin", "fraction"),
    ("return_on_equity", "Return on equity (P/B ÷ P/E)", "fraction"),
    ("return_20", "20-session return", "fraction"),
    ("week52_low", "52-week low", "usd"),
    ("week52_high", "52-week high", "usd"),
    ("week52_place", "Place in the 52-week range", "fraction"),
    ("market_cap", "Market cap", "usd"),
)
ALONE = frozenset(
    {
        "price",
        "earnings_per_share",
        "earnings_per_share_snapshot",
        "ebitda",
        "week52_low",
        "week52_high",
    }
)
"""Amounts a share or in dollars that mean nothing beside another company's."""

SINCE = {"earnings_change": "against", "return_20": "from"}


def make_metrics(ticker: str, facts: Facts, peers: PeerFigures) -> list[Metric]:
    """All figures of one company on one day, missing ones with the reason."""
    return [
        Metric(
            key=key,
            label=label,
            value=round_figure(facts[key].value),
            unit=unit,
            as_of=facts[key].as_of,
            peers=None if key in ALONE else round_peers(peers.compare(ticker, key)),
            note=_note(key, facts),
        )
        for key, label, unit in METRICS
    ]


def round_figure(value: float | None) -> float | None:
    """Twelve digits: enough for every dollar of a market cap, without the noise of division."""
    return None if value is None else float(f"{value:.12g}")


def round_peers(peers: Peers | None) -> Peers | None:
    """The peers with a rounded median."""
    return peers and msgspec.structs.replace(peers, median=round_figure(peers.median))


def _note(key: str, facts: Facts) -> str | None:
    fact = facts[key]
    if fact.value is not None and fact.note and key in SINCE:
        return f"{SINCE[key]} {fact.note}"
    return fact.note
