"""The shape of one analysis of one company, as stored, served and put before the model.

A rule (or a person) makes it; the importer validates it against these types; the gateway serves it as it
stands; the worker quotes it. Money is in US dollars, ratios are plain numbers, yields and margins are
fractions (0.0234 is 2.34 %). A missing figure is ``None`` with a ``note`` that says why, never zero.
"""

import datetime as dt
from collections.abc import Callable
from typing import Literal, TypeVar

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
    """An analysis with the id of its row in ``analysis_history``.

    ``revision`` counts its corrections from 1; ``made_by`` names the rule, tool or person, if that is known.
    """

    id: int
    revision: int = 1
    made_by: str | None = None


def read_metrics(stored: str | bytes) -> list[Metric]:
    """The metrics of a row. One that somebody else's tool wrote in another shape is read as far as it goes."""
    return _read(stored, _metrics, _foreign_metric)


def read_rationale(stored: str | bytes) -> list[RationaleItem]:
    """The rationale of a row, in the same way."""
    return _read(stored, _rationale, _foreign_item)


T = TypeVar("T")

_metrics = msgspec.json.Decoder(list[Metric])
_rationale = msgspec.json.Decoder(list[RationaleItem])


def _read(
    stored: str | bytes, decoder: msgspec.json.Decoder[list[T]], foreign: Callable[[str, object], T]
) -> list[T]:
    try:
        return decoder.decode(stored)
    except msgspec.ValidationError:
        value = msgspec.json.decode(stored)
    if isinstance(value, dict):
        return [foreign(str(key), item) for key, item in value.items()]
    return [foreign("", item) for item in value] if isinstance(value, list) else [foreign("", value)]


def _foreign_metric(name: str, value: object) -> Metric:
    if isinstance(value, dict):
        name = str(value.get("label") or value.get("key") or value.get("name") or name)
        value = value.get("value", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Metric(name, name, float(value), "ratio")
    return Metric(name, name, None, "text", note=_words(value))


def _foreign_item(name: str, value: object) -> RationaleItem:
    if isinstance(value, dict) and isinstance(value.get("sentence"), str):
        name, value = str(value.get("label") or value.get("key") or name), value["sentence"]
    return RationaleItem(name, name, 0.0, 0.0, 0.0, _words(value), counted=False)


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
