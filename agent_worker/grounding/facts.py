"""The figures of an analysis as typed facts: each with whose it is, what it is, its date, and where it stands."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.analysis import Analysis, Metric, RationaleItem, StoredAnalysis
from shared.figure_words import figure, number, signed
from shared.frames.figures import Source

LINE = re.compile(r"\b(buy|hold|sell)\b(?: starts)? (?:at|below|above) (\d+(?:\.\d+)?)", re.IGNORECASE)
AMOUNT = re.compile(
    r"\$(\d[\d,]*(?:\.\d+)?)([MBT]?)(?: a share)?(?: in the snapshot of (\d{1,2} [A-Z][a-z]{2}))?"
)
SIZES = {"": 1.0, "M": 1e6, "B": 1e9, "T": 1e12}


class Fact(NamedTuple):
    """One figure that stood before the model. `value` is exact, `shown` as it is written there.

    `role` says which of a metric's figures it is: value, median, n, points, low, high, without_score, line, change,
    change_ratio, first, last, max, min, rank, text. `split`: a split lies between this date and the newest one.
    A rating is the fact `rating` with the unit text; `shown` is its word.
    """

    ticker: str
    metric: str
    role: str
    value: float
    unit: str
    shown: str
    date: dt.date | None
    where: str
    analysis_id: int | None = None
    revision: int = 1
    label: str = ""
    split: bool = False

    @property
    def source(self) -> Source:
        """The fact as it goes over the wire."""
        return Source(self.ticker, self.analysis_id, self.revision, self.date, self.where, self.shown)


def facts_of(
    analysis: Analysis, *, analysis_id: int | None = None, revision: int = 1, split: bool = False
) -> list[Fact]:
    """Everything that stands in one analysis. `split`: its amounts a share are not the newest ones' shares."""
    if analysis_id is None and isinstance(analysis, StoredAnalysis):
        analysis_id, revision = analysis.id, analysis.revision
    place = _Place(analysis, analysis_id, revision, split)
    return [*place.head(), *(f for m in analysis.metrics for f in place.metric(m)),
            *(f for item in analysis.rationale for f in place.item(item))]  # fmt: skip


def facts_of_all(analyses: Sequence[Analysis], *, revision: int = 1) -> list[Fact]:
    """The facts of one company's analyses, newest first, with the splits between them marked."""
    if not analyses:
        return []
    newest = _price_note(analyses[0])
    return [f for a in analyses for f in facts_of(a, revision=revision, split=_price_note(a) != newest)]


def texts_of(analysis: Analysis) -> list[str]:
    """The sentences of an analysis that an answer may quote."""
    return [
        analysis.summary,
        *(item.sentence for item in analysis.rationale),
        *(m.note for m in analysis.metrics if m.note),
    ]


def _price_note(analysis: Analysis) -> str | None:
    return next((metric.note for metric in analysis.metrics if metric.key == "price"), None)


class _Place:
    """Makes the facts of one analysis."""

    def __init__(self, analysis: Analysis, analysis_id: int | None, revision: int, split: bool) -> None:
        self._analysis, self._id, self._revision, self._split = analysis, analysis_id, revision, split

    def _fact(
        self, metric: str, role: str, value: float, unit: str, shown: str, where: str, label: str = ""
    ) -> Fact:
        date = self._analysis.as_of
        return Fact(self._analysis.ticker, metric, role, value, unit, shown, date, where, self._id, self._revision, label,
                    self._split)  # fmt: skip

    def head(self) -> Iterator[Fact]:
        """Score, rating, and the lines that the summary names."""
        analysis = self._analysis
        yield self._fact(
            "score", "value", analysis.score, "points", number(analysis.score, 1), "score", "Score"
        )
        yield self._fact("rating", "value", 0.0, "text", analysis.rating, "rating", "Rating")
        for rating, line in LINE.findall(analysis.summary):
            yield self._fact("score", "line", float(line), "points", line, "summary", rating.lower())

    def metric(self, metric: Metric) -> Iterator[Fact]:
        """A metric's value, its peers' median and their number; and again under the day a carried one is from."""
        where, unit = f"metrics/{metric.key}", metric.unit
        made = []
        if metric.value is not None and unit != "text":
            made.append(self._fact(metric.key, "value", metric.value, unit, figure(metric.value, unit), f"{where}/value",
                                   metric.label))  # fmt: skip
        peers = metric.peers
        if peers is not None and peers.median is not None:
            made.append(self._fact(metric.key, "median", peers.median, unit, figure(peers.median, unit), f"{where}/median",
                                   metric.label))  # fmt: skip
        if peers is not None:
            made.append(
                self._fact(metric.key, "n", float(peers.n), "count", str(peers.n), f"{where}/n", peers.group)
            )
        yield from made
        if metric.as_of is not None and metric.as_of != self._analysis.as_of:
            yield from (fact._replace(date=metric.as_of) for fact in made if fact.role == "value")
        yield from self._amounts(metric.key, metric.note or "", f"{where}/note")

    def item(self, item: RationaleItem) -> Iterator[Fact]:
        """A reason's points, their range, what would be without it, and the amounts in its sentence."""
        where = f"rationale/{item.key}"
        if item.counted:
            yield self._fact(
                item.key, "points", item.points, "points", signed(item.points), f"{where}/points", item.label
            )
        if item.low or item.high:
            for role, value in (("low", item.low), ("high", item.high)):
                yield self._fact(
                    item.key, role, value, "points", signed(value, 0), f"{where}/{role}", item.label
                )
        if item.without is not None:
            score = item.without.score
            yield self._fact(
                item.key,
                "without_score",
                score,
                "points",
                number(score, 1),
                f"{where}/without/score",
                item.label,
            )
            yield self._fact(
                item.key,
                "without_rating",
                0.0,
                "text",
                item.without.rating,
                f"{where}/without/rating",
                item.label,
            )
        yield from self._amounts(item.key, item.sentence, f"{where}/sentence")

    def _amounts(self, key: str, text: str, where: str) -> Iterator[Fact]:
        """Amounts of money in a text: dated ones under their day, others under the word before them."""
        for match in AMOUNT.finditer(text):
            value = float(match[1].replace(",", "")) * SIZES[match[2]]
            day = _day(match[3], self._analysis.as_of) if match[3] else None
            before = re.findall(r"[^\W\d_]{4,}", text[: match.start()])
            label = "" if day else (before[-1].lower() if before else "")
            fact = self._fact(key, "text", value, "usd", match[0].split(" ")[0], where, label)
            yield fact._replace(date=day) if day else fact


def _day(words: str, last: dt.date) -> dt.date | None:
    """ "28 May" as the last such day that is not after `last`."""
    try:
        day = dt.datetime.strptime(f"{words} {last.year}", "%d %b %Y").date()  # noqa: DTZ007  a date has no zone
    except ValueError:
        return None
    return day if day <= last else day.replace(year=day.year - 1)
