"""Which companies …: conditions, sectors, ratings, the first n by a figure, how many."""

import operator
import random
from collections.abc import Callable
from typing import NamedTuple

from tests.eval.asked import Asked, kind
from tests.eval.expect import Count, Figure, FirstNamed, Lists
from tests.eval.kinds.wording import UNITS, one, pick
from tests.eval.market import Market


class Condition(NamedTuple):
    """A condition in words, `{x}` its bound, and the bounds to choose from, in the scale it is written in."""

    key: str
    words: tuple[str, ...]
    bounds: tuple[float, ...]
    meets: Callable[[float, float], bool]
    scale: float = 1.0


MORE, LESS = operator.gt, operator.lt
CONDITIONS = (
    Condition("dividend_yield", ("a dividend yield above {x} %", "a yield over {x} percent", "a dividend yield of more than {x}%"), (3, 4, 4.5, 5, 6), MORE, 0.01),
    Condition("price_earnings", ("a P/E below {x}", "a P/E under {x}", "a price-to-earnings ratio of less than {x}"), (7, 8, 9, 10, 12, 15), LESS),
    Condition("price_earnings", ("a P/E above {x}", "a P/E of more than {x}"), (60, 80, 100), MORE),
    Condition("price_book", ("a P/B below {x}", "a price-to-book ratio under {x}"), (1, 1.2, 1.5), LESS),
    Condition("ebitda_margin", ("an EBITDA margin above {x} %", "an EBITDA margin of more than {x} percent"), (40, 50, 60), MORE, 0.01),
    Condition("market_cap", ("a market cap above ${x} billion", "a market cap of more than ${x}B"), (300, 500, 1000), MORE, 1e9),
    Condition("market_cap", ("a market cap below ${x} billion", "a market cap under ${x}B"), (8, 10, 12), LESS, 1e9),
    Condition("score", ("a score above {x}", "more than {x} points"), (70, 72, 75), MORE),
    Condition("return_20", ("a 20-session return above {x} %",), (15, 20, 25), MORE, 0.01),
    Condition("payout", ("a payout ratio over {x} %", "a payout above {x} percent"), (80, 100), MORE, 0.01),
)  # fmt: skip
SECTORS = {
    "Consumer Staples": ("consumer staples companies", "staples"), "Energy": ("energy companies", "energy stocks"), "Utilities": ("utilities",),
    "Financials": ("financials", "financial companies"), "Health Care": ("health care companies",), "Real Estate": ("real estate companies",),
    "Information Technology": ("information technology companies", "tech stocks"), "Industrials": ("industrials",), "Materials": ("materials companies",),
    "Consumer Discretionary": ("consumer discretionary companies",), "Communication Services": ("communication services companies",),
}  # fmt: skip


def _met(m: Market, condition: Condition, bound: float) -> frozenset[str]:
    limit = bound * condition.scale
    return frozenset(
        t for t in m.rated if (v := m.value(t, condition.key)) is not None and condition.meets(v, limit)
    )


def _said(condition: Condition, bound: float, r: random.Random) -> str:
    return r.choice(condition.words).format(x=f"{bound:g}")


def _page(m: Market, r: random.Random) -> str | None:
    return r.choice([None, None, one(m, r)])


def _named(found: frozenset[str]) -> Lists:
    return Lists(found, min(3, len(found)))


@kind("screen, one condition")
def screen(m: Market, r: random.Random) -> list[Asked]:
    condition = r.choice(CONDITIONS)
    bound = r.choice(condition.bounds)
    found = _met(m, condition, bound)
    if not found:
        raise LookupError("none")
    text = pick(
        r,
        "Which companies have {c}?",
        "Show me companies with {c}.",
        "Find stocks with {c}",
        "List all companies that have {c}.",
        "What stocks have {c}?",
    )
    return [Asked(text.format(c=_said(condition, bound, r)), _page(m, r), (_named(found), Count(len(found))))]


@kind("screen, two conditions")
def screen_two(m: Market, r: random.Random) -> list[Asked]:
    first, second = r.sample(CONDITIONS, 2)
    if first.key == second.key:
        raise LookupError(first.key)
    bounds = r.choice(first.bounds), r.choice(second.bounds)
    found = _met(m, first, bounds[0]) & _met(m, second, bounds[1])
    if not found:
        raise LookupError("none")
    text = pick(
        r,
        "Which companies have {a} and {b}?",
        "Stocks with {a} and {b}?",
        "Show me all companies with {a} and also {b}.",
    )
    return [
        Asked(
            text.format(a=_said(first, bounds[0], r), b=_said(second, bounds[1], r)),
            _page(m, r),
            (_named(found), Count(len(found))),
        )
    ]


@kind("screen in a sector")
def screen_sector(m: Market, r: random.Random) -> list[Asked]:
    sector = r.choice(sorted(SECTORS))
    inside = frozenset(t for t in m.rated if m.companies[t].sector == sector)
    what = r.choice(SECTORS[sector])
    if r.random() < 0.5:
        rating = r.choice(["buy", "sell", "hold"])
        found = frozenset(t for t in inside if m.analysis(t).rating == rating)
        text = pick(
            r, "Which {s} are rated {x}?", "Which {s} are a {x}?", "Show me the {s} with the rating {x}."
        ).format(s=what, x=rating)
    else:
        condition = r.choice(CONDITIONS)
        bound = r.choice(condition.bounds)
        found = inside & _met(m, condition, bound)
        text = pick(r, "Which {s} have {c}?", "{s} with {c}?").format(s=what, c=_said(condition, bound, r))
    if not found:
        raise LookupError("none")
    return [Asked(text[0].upper() + text[1:], _page(m, r), (_named(found), Count(len(found))))]


@kind("screen by rating")
def screen_rating(m: Market, r: random.Random) -> list[Asked]:
    rating = r.choice(["buy", "sell"])
    condition = r.choice(CONDITIONS)
    bound = r.choice(condition.bounds)
    found = frozenset(t for t in _met(m, condition, bound) if m.analysis(t).rating == rating)
    if not found:
        raise LookupError("none")
    text = pick(
        r,
        "Which companies rated {x} have {c}?",
        "Which {x} ratings have {c}?",
        "Companies with {c} that are a {x}?",
    )
    return [
        Asked(
            text.format(x=rating, c=_said(condition, bound, r)),
            _page(m, r),
            (_named(found), Count(len(found))),
        )
    ]


@kind("how many")
def how_many(m: Market, r: random.Random) -> list[Asked]:
    if r.random() < 0.4:
        rating = r.choice(["buy", "hold", "sell"])
        found = sum(m.analysis(t).rating == rating for t in m.rated)
        text = pick(
            r,
            "How many companies are rated {x}?",
            "How many {x} ratings are there?",
            "How many stocks are a {x}?",
        ).format(x=rating)
        return [Asked(text, _page(m, r), (Count(found),))]
    condition = r.choice(CONDITIONS)
    bound = r.choice(condition.bounds)
    text = pick(
        r,
        "How many companies have {c}?",
        "How many stocks with {c} are there?",
        "Count the companies with {c}.",
    )
    return [
        Asked(
            text.format(c=_said(condition, bound, r)), _page(m, r), (Count(len(_met(m, condition, bound))),)
        )
    ]


TOP = (
    ("dividend_yield", True, ("highest dividend yield", "highest yield")), ("price_earnings", False, ("lowest P/E",)), ("market_cap", True, ("largest market cap",)),
    ("score", True, ("highest score", "best score")), ("score", False, ("lowest score",)), ("ebitda_margin", True, ("highest EBITDA margin",)),
    ("return_20", True, ("best 20-session return",)), ("return_20", False, ("worst 20-session return",)), ("price_book", False, ("lowest P/B",)),
)  # fmt: skip


def _top(
    m: Market, key: str, *, large: bool, inside: frozenset[str], count: int
) -> tuple[frozenset[str], str]:
    """The first `count` of these companies, and the very first. `LookupError` where there is a tie at the end."""
    ordered = sorted(((v, t) for t in inside if (v := m.value(t, key)) is not None), reverse=large)
    if len(ordered) <= count or ordered[count - 1][0] == ordered[count][0] or ordered[0][0] == ordered[1][0]:
        raise LookupError("a tie")
    return frozenset(t for _, t in ordered[:count]), ordered[0][1]


@kind("top n")
def top(m: Market, r: random.Random) -> list[Asked]:
    key, large, words = r.choice(TOP)
    count = r.choice([3, 5, 10])
    if key == "price_book":
        raise LookupError("negative ones are no cheap ones")
    found, _ = _top(m, key, large=large, inside=frozenset(m.rated), count=count)
    number = r.choice([str(count), {3: "three", 5: "five", 10: "ten"}[count]])
    text = pick(
        r,
        "Which {n} companies have the {w}?",
        "The {n} stocks with the {w}?",
        "Show me the top {n} by {w}.",
        "Name the {n} companies with the {w}.",
    )
    return [Asked(text.format(n=number, w=r.choice(words)), _page(m, r), (Lists(found, count),))]


@kind("the first of all")
def first(m: Market, r: random.Random) -> list[Asked]:
    key, large, words = r.choice(TOP)
    sector = r.choice([None, *sorted(SECTORS)])
    inside = frozenset(
        t
        for t in m.rated
        if sector in (None, m.companies[t].sector) and (key != "price_book" or (m.value(t, key) or -1) > 0)
    )
    if key == "price_book":
        raise LookupError("negative ones are no cheap ones")
    _, best = _top(m, key, large=large, inside=inside, count=1)
    text = pick(
        r, "Which company has the {w}{s}?", "Who has the {w}{s}?", "What is the stock with the {w}{s}?"
    )
    value = Figure((m.known(best, key),), UNITS[key], key)
    return [
        Asked(
            text.format(w=r.choice(words), s=f" in {sector}" if sector else ""),
            _page(m, r),
            (value, FirstNamed(best)),
        )
    ]
