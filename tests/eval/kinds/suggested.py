"""Every first question that the company page offers (`web/dashboard/lib/suggest.ts`), for whatever company offers it."""

import random
from collections.abc import Sequence

from shared.analysis import RationaleItem
from shared.figure_words import day
from tests.eval.asked import Asked, kind
from tests.eval.expect import AnyOf, Dated, Expectation, Figure, Moved, Names, Says
from tests.eval.kinds.reasons import counted, effect, reason
from tests.eval.kinds.times import moved_score
from tests.eval.kinds.wording import figure
from tests.eval.market import Market

LINES = {"buy": 58.0, "hold": 62.0, "sell": 42.0}


def named(item: RationaleItem) -> str:
    """A label within a sentence, as the page writes it."""
    label = item.label
    start = (
        label
        if label[:1].isupper() and (label[1:2].isupper() or label[1:2] in "/123456789")
        else label[:1].lower() + label[1:]
    )
    return start if start.startswith(("the ", "its ")) else f"the {start}"


def _companies(m: Market, r: random.Random) -> Sequence[str]:
    return r.sample(list(m.rated), len(m.rated))


def _asked(ticker: str, text: str, *expects: Expectation) -> list[Asked]:
    return [Asked(text, ticker, expects, frozenset({ticker}))]


@kind("suggested: why did the rating go")
def why_did_it_go(m: Market, r: random.Random) -> list[Asked]:
    for ticker in _companies(m, r):
        if (
            len(m.analyses[ticker]) > 1
            and (was := m.analysis(ticker, 1)).rating != (now := m.analysis(ticker)).rating
        ):
            text = f"Why did the rating go from {was.rating.title()} to {now.rating.title()}?"
            moved = Moved(1 if now.score > was.score else -1, ((now.score, "points"), (was.score, "points")))
            return _asked(ticker, text, figure(m, ticker, "score"), moved, Names(now.rating))
    raise LookupError("none")


@kind("suggested: what changed since")
def what_changed(m: Market, r: random.Random) -> list[Asked]:
    for ticker in _companies(m, r):
        if len(m.analyses[ticker]) > 1 and abs(m.analysis(ticker).score - m.analysis(ticker, 1).score) >= 1:
            was = m.analysis(ticker, 1)
            return _asked(
                ticker, f"What changed since {day(was.as_of)}?", *moved_score(m, ticker, 1), Dated(was.as_of)
            )
    raise LookupError("none")


@kind("suggested: the dividend yield's effect")
def dividend(m: Market, r: random.Random) -> list[Asked]:
    for ticker in _companies(m, r):
        item = next((each for each in counted(m, ticker) if each.key == "dividend_yield"), None)
        if item:
            return _asked(ticker, "How does the latest dividend yield affect this rating?", *effect(item))
    raise LookupError("none")


@kind("suggested: an item's effect")
def largest(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice(m.rated)
    item = r.choice([each for each in counted(m, ticker) if each.key != "dividend_yield"])
    return _asked(ticker, f"How does {named(item)} affect this rating?", *effect(item))


@kind("suggested: still without")
def still_without(m: Market, r: random.Random) -> list[Asked]:
    for ticker in _companies(m, r):
        rating = m.analysis(ticker).rating
        deciding = [each for each in counted(m, ticker) if each.without and each.without.rating != rating]
        if deciding and (without := deciding[0].without):
            text = f"Would it still be a {rating} without {named(deciding[0])}?"
            return _asked(
                ticker,
                text,
                Names(without.rating),
                Figure((without.score,), "points", "score without it"),
                Says(r"^\W*(?:no\b|without\b|it would|not\b)|would (?:be|become)", "that it would not"),
            )
    raise LookupError("none")


@kind("suggested: why not counted")
def why_not(m: Market, r: random.Random) -> list[Asked]:
    for ticker in _companies(m, r):
        left = [each for each in m.analysis(ticker).rationale if not each.counted]
        if left:
            return _asked(
                ticker,
                f"Why is {named(left[0])} not counted?",
                Says(reason(left[0].sentence), f"the reason: {left[0].sentence}"),
            )
    raise LookupError("none")


@kind("suggested: how far")
def how_far(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice(m.rated)
    analysis = m.analysis(ticker)
    wanted, plain = ("hold", 60.0 if analysis.rating == "buy" else 40.0)
    line = LINES[analysis.rating]
    if analysis.rating == "hold":
        wanted, plain, line = (
            ("buy", 60.0, 62.0) if 60 - analysis.score <= analysis.score - 40 else ("sell", 40.0, 38.0)
        )
    away = Figure(
        (round(abs(line - analysis.score), 1), round(abs(plain - analysis.score), 1)), "points", "distance"
    )
    return _asked(ticker, f"How far is it from a {wanted}?", AnyOf((away,)))
