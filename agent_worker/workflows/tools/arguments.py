"""What the model may ask with: one struct for each tool. Their fields are also the tools' declarations."""

import datetime as dt
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from agent_worker.workflows.tools.limits import (
    ARGUMENTS_BYTES,
    FILTERS_MAX,
    METRICS_MAX,
    ROWS_MAX,
    TICKERS_MAX,
)
from agent_worker.workflows.tools.result import WrongArguments
from shared.analysis import Rating
from shared.metric_words import METRIC_WORDS

ITEMS = (
    "price_earnings", "price_sales", "price_book", "cap_to_ebitda", "ebitda_margin", "return_on_equity",
    "earnings_change", "dividend_yield", "return_20", "week52_place", "market_cap",
)  # fmt: skip
"""The items of the rule "points-1"."""

Ticker = Annotated[str, Meta(description="Symbol as the data has it, for example KO or BRK.B", max_length=80)]
Metric = Annotated[
    str, Meta(description="Key of a figure", max_length=80, extra_json_schema={"enum": list(METRIC_WORDS)})
]
Date = Annotated[dt.date, Meta(description="Date as YYYY-MM-DD")]
Item = Annotated[
    str, Meta(description="Key of an item", max_length=80, extra_json_schema={"enum": list(ITEMS)})
]
Op = Literal[">", ">=", "<", "<=", "="]


class Arguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of all: an unknown field is an error that is told."""

    @classmethod
    def as_declared(cls, given: Any) -> Any:
        """Decoded arguments that are written in another way than declared, in the declared one."""
        return given


class GetAnalysis(Arguments, frozen=True):
    """A company's analysis: rating, score, every reason with its points, every figure with its peers' median."""

    ticker: Ticker
    as_of: Date | None = None


class Compare(Arguments, frozen=True):
    """Figures of several companies side by side, the best of each marked."""

    tickers: Annotated[list[Ticker], Meta(min_length=1, max_length=TICKERS_MAX)]
    metrics: Annotated[list[Metric], Meta(min_length=1, max_length=METRICS_MAX)]


class Filter(Arguments, frozen=True):
    """One condition. Yields, margins, returns and payout are fractions: 3 % is 0.03."""

    metric: Metric
    op: Op
    value: float


class Screen(Arguments, frozen=True):
    """Which companies meet conditions, how many in all, and the first of them in an order."""

    filters: Annotated[list[Filter], Meta(max_length=FILTERS_MAX)] = []
    sector: (
        Annotated[str, Meta(description="A sector, industry group or sub-industry", max_length=80)] | None
    ) = None
    rating: Rating | None = None
    sort: (
        Annotated[str, Meta(description='Key of a figure; "-key" for the largest first', max_length=80)]
        | None
    ) = None
    limit: Annotated[int, Meta(ge=1, le=ROWS_MAX)] = 10


class History(Arguments, frozen=True):
    """A figure over time: points, first, last, change, high and low. The price is daily, the others are weekly."""

    ticker: Ticker
    metric: Metric
    first: Date | None = msgspec.field(default=None, name="from")
    last: Date | None = msgspec.field(default=None, name="to")


class WhatChanged(Arguments, frozen=True):
    """What changed between two analyses of a company, or without a ticker on the whole market."""

    ticker: Ticker | None = None
    first: Date | None = msgspec.field(default=None, name="from")
    last: Date | None = msgspec.field(default=None, name="to")


class Peers(Arguments, frozen=True):
    """Where a company stands among its peers in one figure: rank, median, the neighbours above and below."""

    ticker: Ticker
    metric: Metric


class ItemPoints(Arguments, frozen=True):
    """The points that one item would have."""

    item: Item
    points: float


class WhatIf(Arguments, frozen=True):
    """What score and rating would be with other points for some items, or without some."""

    ticker: Ticker
    points: Annotated[list[ItemPoints], Meta(max_length=len(ITEMS))] | None = None
    without: Annotated[list[Item], Meta(max_length=len(ITEMS))] | None = None

    @classmethod
    def as_declared(cls, given: Any) -> Any:
        """Points by item are a list of both: declared is the list, for models' clients drop a free map."""
        points = given.get("points") if isinstance(given, dict) else None
        if not isinstance(points, dict) or points.keys() <= {"item", "points"}:
            return given
        return {**given, "points": [{"item": item, "points": each} for item, each in points.items()]}


class Explain(Arguments, frozen=True):
    """What a term means, how score and rating are made, how old the data is, which sectors there are."""

    term: Annotated[
        str, Meta(description='A term in English or German: "P/E", "score", "data age"', max_length=200)
    ]
    language: Annotated[
        Literal["en", "de"], Meta(description="Language to quote in: that of the question")
    ] = "en"


T = TypeVar("T", bound=Arguments)


def read(kind: type[T], arguments: str | bytes) -> T:
    """The arguments from JSON. Raises `WrongArguments` with what is wrong where."""
    if len(arguments) > ARGUMENTS_BYTES:
        raise WrongArguments(f"the arguments are too long ({len(arguments)} characters)", fields_of(kind))
    try:
        given = msgspec.json.decode(arguments or b"{}")
        return msgspec.convert(_whole_numbers(kind.as_declared(given)), kind)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        place = place.strip("`.") or "arguments"
        for sign, words in (("`", ""), ("<=", "of at most"), (">=", "of at least"), ("length of", "length")):
            what = what.replace(sign, words)
        raise WrongArguments(f"{place}: {what}", fields_of(kind)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise WrongArguments(f"the arguments are no JSON: {error}", fields_of(kind)) from None


def fields_of(kind: type[Arguments]) -> list[str]:
    """The names of the arguments, with what each may be."""
    properties = schema_of(kind)["properties"]
    return [f"{name} ({_type_words(part)})" for name, part in properties.items()]


def schema_of(kind: type[Arguments]) -> dict[str, Any]:
    """The JSON schema that models take: no references, no unions, nothing but types, bounds and enums."""
    whole = msgspec.json.schema(kind)
    definitions = whole["$defs"]
    return _plain_schema(definitions[kind.__name__], definitions)


KEPT = ("type", "description", "enum", "format", "minimum", "maximum", "minItems", "maxItems", "required")


def _plain_schema(part: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        part = {**definitions[part["$ref"].rpartition("/")[2]], **part}
    if "anyOf" in part:
        first = next(option for option in part["anyOf"] if option.get("type") != "null")
        return _plain_schema(first, definitions)
    plain = {name: part[name] for name in KEPT if name in part}
    if "enum" in part:
        plain.setdefault("type", "string")
        plain["enum"] = [value for value in part["enum"] if value is not None]
    if "properties" in part:
        plain["properties"] = {
            name: _plain_schema(each, definitions) for name, each in part["properties"].items()
        }
    if "items" in part:
        plain["items"] = _plain_schema(part["items"], definitions)
    if plain.get("format") == "date":
        del plain["format"]
    return plain


def _type_words(part: dict[str, Any]) -> str:
    if "enum" in part:
        return " or ".join(part["enum"]) if len(part["enum"]) <= 5 else "one of the known keys"
    if part["type"] == "array":
        most = f" of at most {part['maxItems']}" if "maxItems" in part else ""
        return f"list{most}"
    bounds = f" {part['minimum']} to {part['maximum']}" if "maximum" in part else ""
    return f"{part['type']}{bounds}"


def _whole_numbers(value: Any) -> Any:
    """Models write 20 as 20.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, list):
        return [_whole_numbers(each) for each in value]
    if isinstance(value, dict):
        return {key: _whole_numbers(each) for key, each in value.items()}
    return value
