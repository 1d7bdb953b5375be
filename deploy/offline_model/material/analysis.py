"""One analysis as it stands in the page's block or in the result of `get_analysis`."""

import re
from typing import NamedTuple

from deploy.offline_model.language.metrics import key_of_label
from deploy.offline_model.material.lines import NONE, Lines, parse_lines
from deploy.offline_model.material.subjects import Company

_COMPANY = re.compile(r"(.*) \(([^()]+)\)$")
_NO_ANALYSIS = re.compile(r"there is no analysis of (.+) \((\S+)\)(?:: (.+?))?\.?")


class Metric(NamedTuple):
    """A figure as shown. Empty strings where there is none; `peers` is "16 in Food, Beverage & Tobacco"."""

    key: str
    label: str
    value: str
    median: str
    peers: str
    as_of: str
    note: str


class Reason(NamedTuple):
    """An item of the rating as shown. `points` is empty where it is not counted."""

    key: str
    label: str
    points: str
    possible: str
    score_without: str
    rating_without: str
    sentence: str

    @property
    def weight(self) -> float:
        """Its points as a number."""
        return as_number(self.points) or 0.0

    @property
    def highest(self) -> float | None:
        """The most points it can have."""
        return as_number(self.possible.rpartition(" to ")[2])

    @property
    def lowest(self) -> float | None:
        """The fewest points it can have."""
        return as_number(self.possible.partition(" to ")[0])


class Analysis(NamedTuple):
    """An analysis; `rating` is empty where there is none, and `not_rated` then says why."""

    company: Company
    group: str
    not_rated: str
    date: str
    asked_for: str
    rating: str
    score: str
    summary: str
    metrics: tuple[Metric, ...]
    reasons: tuple[Reason, ...]
    changes_since: str
    changes: tuple[str, ...]
    history: tuple[dict[str, str], ...]

    def metric(self, key: str) -> Metric | None:
        """The figure with that key."""
        return next((each for each in self.metrics if each.key == key), None)

    def reason(self, key: str) -> Reason | None:
        """The item with that key."""
        return next((each for each in self.reasons if each.key == key), None)

    @property
    def counted(self) -> list[Reason]:
        """The items that are counted, heaviest first."""
        return sorted((each for each in self.reasons if each.points), key=lambda each: -abs(each.weight))


def page_analysis(system_text: str) -> Analysis | None:
    """The analysis of the page's block; None where no company is open."""
    _, found, after = system_text.rpartition("\n<analysis>\n")
    return analysis_of(parse_lines(after.partition("\n</analysis>")[0])) if found else None


def _never(error: str) -> Analysis | None:
    """A company that was looked up and has no analysis; None for any other error."""
    found = _NO_ANALYSIS.fullmatch(error)
    if found is None:
        return None
    empty = dict.fromkeys(("group", "date", "asked_for", "rating", "score", "summary", "changes_since"), "")
    return Analysis(company=Company(found[2], found[1]), not_rated=found[3] or "", metrics=(), reasons=(), changes=(), history=(), **empty)  # fmt: skip


def analysis_of(lines: Lines) -> Analysis | None:
    """The analysis in a block or a result; None if it names no company."""
    named = _COMPANY.match(lines.fact("COMPANY"))
    if named is None:
        return _never(lines.fact("ERROR"))
    since = next((heading for heading in lines.lists if heading.startswith("CHANGES SINCE ")), "")
    return Analysis(
        company=Company(named[2], named[1]),
        group=lines.fact("GROUP"),
        not_rated=lines.fact("NOT RATED NOW"),
        date=lines.fact("DATE"),
        asked_for=lines.fact("ASKED FOR"),
        rating=lines.fact("RATING"),
        score=lines.fact("SCORE"),
        summary=lines.fact("SUMMARY"),
        metrics=tuple(map(_metric, lines.table("METRICS"))),
        reasons=tuple(map(_reason, lines.table("REASONS"))),
        changes_since=since.removeprefix("CHANGES SINCE "),
        changes=tuple(lines.list_of(since)),
        history=tuple(lines.table("HISTORY")),
    )


def company_of(text: str) -> Company | None:
    """ "PepsiCo (PEP)"."""
    named = _COMPANY.match(text)
    return Company(named[2], named[1]) if named else None


def _cell(row: dict[str, str], name: str) -> str:
    value = row.get(name, "")
    return "" if value == NONE else value


def _metric(row: dict[str, str]) -> Metric:
    label = _cell(row, "figure")
    median, _, peers = _cell(row, "peers' median").partition(" (")
    return Metric(
        key_of_label(label),
        label,
        _cell(row, "value"),
        median,
        peers.removesuffix(")"),
        _cell(row, "as of"),
        _cell(row, "note"),
    )


def _reason(row: dict[str, str]) -> Reason:
    label, points = _cell(row, "item"), _cell(row, "points")
    score, _, rating = _cell(row, "without it").partition(" ")
    return Reason(
        key_of_label(label),
        label,
        "" if as_number(points) is None else points,
        _cell(row, "possible"),
        score,
        rating,
        _cell(row, "in words"),
    )


_SCALE = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


def as_number(shown: str) -> float | None:
    """ "−$2.90B" is −2.9e9, "2.34 %" is 2.34, "+7.6" is 7.6; None if it is no figure."""
    text = shown.replace("−", "-").replace("$", "").replace(",", "").replace("+", "").strip()
    text = text.removesuffix("pp").removesuffix("points").removesuffix("%").strip()
    scale = _SCALE.get(text[-1:], 1.0)
    try:
        return float(text[:-1] if scale != 1.0 else text) * scale
    except ValueError:
        return None
