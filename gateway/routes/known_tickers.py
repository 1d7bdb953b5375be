"""Tickers that somebody names: each once, and each of a company there is; refused by name otherwise."""

from collections import Counter
from collections.abc import Iterable

from gateway.routes.errors import NamedError
from gateway.store.tickers import Tickers

LONGEST_NAME = 40
MOST_NAMED = 10


async def check_known(tickers: Tickers, wanted: Iterable[str]) -> None:
    """`unknown_ticker` unless there is each of these companies."""
    unknown = [ticker for ticker in wanted if not await tickers.knows(ticker)]
    if unknown:
        raise NamedError(404, "unknown_ticker", f"There is no such company: {_named(unknown)}.")


def check_once(wanted: Iterable[str]) -> None:
    """`same_ticker` if one is named twice."""
    twice = [ticker for ticker, times in Counter(wanted).items() if times > 1]
    if twice:
        raise NamedError(400, "same_ticker", f"Named more than once: {_named(twice)}.")


def _named(tickers: list[str]) -> str:
    more = ", …" if len(tickers) > MOST_NAMED else ""
    return ", ".join(ticker[:LONGEST_NAME] for ticker in tickers[:MOST_NAMED]) + more
