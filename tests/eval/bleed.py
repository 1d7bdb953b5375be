"""One company's figure given for another's: the failure that counts on its own, whatever else an answer says."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tests.eval.kinds.wording import UNITS
from tests.eval.market import Market
from tests.eval.reading.numbers import Number, stands_for
from tests.eval.reply import Reply

DIGITS = 3
"""A number of fewer digits is anybody's."""


def bled(
    reply: Reply, question: str, about: frozenset[str], in_play: Iterable[str], known: Market
) -> list[str]:
    """Figures of a company in play (the page's, an earlier question's, another one asked about) that the answer
    gives for somebody else's: numbers that are no figure of whom they are said of; rightly labelled ones too in an answer that
    names nobody of those asked about."""
    answered = {each.ticker for each in reply.named} & about
    others = [ticker for ticker in dict.fromkeys((*in_play, *sorted(about))) if ticker in known.analyses]
    found = []
    for number in reply.numbers:
        if number.digits < DIGITS or not about or number.text.strip() in question:
            continue
        owners = {ticker for ticker in others if _is_of(known, ticker, number)}
        said_of = _said_of(reply, number) or about
        if not owners:
            continue
        if not answered and not owners & about and not any(_stands_in(known, t, number) for t in about):
            whose, asked = "/".join(sorted(owners)), "/".join(sorted(about))
            found.append(f"{number.text.strip()} is {whose}'s, given instead of {asked}'s")
        elif not owners & said_of and not any(_stands_in(known, ticker, number) for ticker in said_of):
            found.append(
                f"{number.text.strip()} is {'/'.join(sorted(owners))}'s, said of {'/'.join(sorted(said_of))}"
            )
    return found


def _said_of(reply: Reply, number: Number) -> set[str]:
    near = reply.near(number) | reply.sentence_names(number)
    if near:
        return near
    before = [each for each in reply.named if each.start < number.start]
    return {before[-1].ticker} if before else set()


def _is_of(known: Market, ticker: str, number: Number) -> bool:
    return any(stands_for(number, value, unit) for value, unit in _figures(known, ticker))


@lru_cache(maxsize=600)
def _figures(known: Market, ticker: str) -> list[tuple[float, str]]:
    """The newest figures of a company."""
    analysis = known.analysis(ticker)
    found = [
        (metric.value, UNITS[metric.key])
        for metric in analysis.metrics
        if metric.value and metric.key in UNITS
    ]
    return [*found, (analysis.score, "points")]


def _stands_in(known: Market, ticker: str, number: Number) -> bool:
    """Whether the digits stand anywhere in the company's analyses or among its prices."""
    digits = re.sub(
        r"[^\d.]",
        "",
        number.text.replace(",", "." if number.text.count(",") == 1 and "." not in number.text else ""),
    )
    return digits.strip(".") in _digits(known, ticker) or _is_of(known, ticker, number)


@lru_cache(maxsize=600)
def _digits(known: Market, ticker: str) -> frozenset[str]:
    texts = [f"{price:.2f}" for price in known.prices.get(ticker, {}).values()]
    for analysis in known.analyses.get(ticker, ()):
        texts += [analysis.summary, *(item.sentence for item in analysis.rationale), f"{analysis.score:.1f}"]
        texts += [
            form
            for metric in analysis.metrics
            for value in (metric.value, metric.peers.median if metric.peers else None)
            if value is not None
            for form in _forms(value)
        ]
    return frozenset(
        digits.strip(".") for text in texts for digits in re.findall(r"\d[\d.]*", text.replace(",", ""))
    )


def _forms(value: float) -> list[str]:
    value = abs(value)
    return [
        f"{value:.2f}",
        f"{value * 100:.2f}",
        f"{value * 100:.1f}",
        f"{value / 1e9:.2f}",
        f"{value / 1e12:.2f}",
        f"{value / 1e6:.2f}",
        f"{value:.1f}",
    ]
