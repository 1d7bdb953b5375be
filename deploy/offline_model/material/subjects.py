"""Whom a question is about, as the request's `<subjects>` say."""

import datetime as dt
import re
from typing import NamedTuple

from deploy.offline_model.material.lines import Lines, parse_lines

_BRACKET = re.compile(r"(.+) \((?!Class )([^()]+)\)")


def called(name: str) -> str:
    """A name as one says it: "Eli Lilly" for "Lilly (Eli)", and no article of "Coca-Cola Company (The)"."""
    parts = _BRACKET.fullmatch(name)
    if parts is None:
        return name
    return parts[1] if parts[2] == "The" else f"{parts[2]} {parts[1]}"


class Company(NamedTuple):
    """A company by its ticker; the name may be the ticker where no better one is known."""

    ticker: str
    name: str

    @property
    def shown(self) -> str:
        """ "Coca-Cola Company (KO)"."""
        name = called(self.name)
        return self.ticker if name == self.ticker else f"{name} ({self.ticker})"


class Subjects(NamedTuple):
    """The companies of the page, the question and the conversation, names outside the data, and two dates."""

    page: Company | None
    named: tuple[Company, ...]
    talked_about: tuple[Company, ...]
    not_in_data: tuple[str, ...]
    today: dt.date | None
    newest: dt.date | None

    @property
    def known(self) -> tuple[Company, ...]:
        """Every company of the request, once."""
        page = (self.page,) if self.page else ()
        return tuple({each.ticker: each for each in (*self.talked_about, *page, *self.named)}.values())


def read_subjects(system_text: str) -> Subjects:
    """The last `<subjects>` of the system text before its `<analysis>`; an empty one where there is none."""
    before, has_block, rest = system_text.rpartition("\n<analysis>\n")
    before = before if has_block else rest
    _, found, inside = before.rpartition("<subjects>\n")
    lines = parse_lines(inside.partition("</subjects>")[0]) if found else Lines({}, {}, {})
    page = _companies(lines.fact("PAGE"))
    return Subjects(
        page[0] if page else None,
        _companies(lines.fact("NAMED")),
        _companies(lines.fact("TALKED ABOUT")),
        tuple(filter(None, (name.strip() for name in lines.fact("NOT IN THE DATA").split(";")))),
        _date(lines.fact("TODAY")),
        _date(lines.fact("NEWEST DATA")),
    )


def _companies(text: str) -> tuple[Company, ...]:
    found = []
    for part in text.split(";"):
        ticker, _, name = part.strip().partition(" ")
        if ticker:
            found.append(Company(ticker, name.strip() or ticker))
    return tuple(found)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
