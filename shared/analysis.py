"""The shape of one analysis of one company, as stored, served and put before the model.

A rule (or a person) makes it; the importer validates it against these types; the gateway serves it as it
stands; the worker quotes it. Money is in US dollars, ratios are plain numbers, yields and margins are
fractions (0.0234 is 2.34 %). A missing figure is ``None`` with a ``note`` that says why, never zero.
"""

import datetime as dt
from typing import Literal

import msgspec

Rating = Literal["buy", "hold", "sell"]
Unit = Literal["usd", "ratio", "fraction", "points", "text"]


class Peers(msgspec.Struct, frozen=True):
    """The companies a figure is compared with: the group's name, how many have the figure, their median."""

    group: str
    n: int
    median: float | None = None


class Without(msgspec.Struct, frozen=True):
    """What score and rating would be if one item had not been counted."""

    score: float
    rating: Rating


class Metric(msgspec.Struct, frozen=True, omit_defaults=True):
    """One figure of the company. ``as_of`` is the snapshot it comes from (older than the analysis if carried)."""

    key: str
    label: str
    value: float | None
    unit: Unit
    as_of: dt.date | None = None
    peers: Peers | None = None
    note: str | None = None


class RationaleItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason for the score: its points (of a possible low..high), and a sentence that says it whole.

    ``counted`` is false where the item scored nothing because its figure is missing or cannot be used;
    ``sentence`` then says why. ``without`` is absent for items that are not counted.
    """

    key: str
    label: str
    points: float
    low: float
    high: float
    sentence: str
    counted: bool = True
    value: float | None = None
    unit: Unit = "ratio"
    as_of: dt.date | None = None
    peers: Peers | None = None
    without: Without | None = None


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """One analysis. ``as_of`` is the date of the data snapshot; the newest ``as_of`` is "the analysis"."""

    ticker: str
    as_of: dt.date
    rating: Rating
    score: float
    summary: str
    metrics: list[Metric]
    rationale: list[RationaleItem]


class StoredAnalysis(Analysis, frozen=True, kw_only=True):
    """An analysis with the id of its row in ``analysis_history``."""

    id: int
