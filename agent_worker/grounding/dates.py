"""Dates as people write them, whole or in part: "22 Aug", "Aug 22, 2026", "2026-08-22", "22.08.", "in July"."""

import datetime as dt
import re
from typing import NamedTuple

from agent_worker.grounding.phrases import word_list

MONTHS = {
    name: number
    for number, names in enumerate(
        word_list(
            "january|jan|januar|jänner february|feb|februar march|mar|märz|mär april|apr may|mai june|jun|juni"
            " july|jul|juli august|aug september|sep|sept october|oct|oktober|okt november|nov december|dec|dezember|dez"
        ),
        1,
    )
    for name in names.split("|")
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"""
    (?<![\w.,/$-])(?:
      (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\sof)?[\s-](?:(?P<n2>{MONTH})\b\.?)(?:,?[\s-](?P<y2>(?:19|20)\d\d)\b)?
    | (?P<n3>{MONTH})\b\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,]\d|\d|\s?%)(?:,?\s(?P<y3>(?:19|20)\d\d)\b)?
    | (?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>(?:19|20)\d\d|\d\d(?!\d))?
    | (?P<m6>\d{{1,2}})/(?P<d6>\d{{1,2}})/(?P<y6>(?:19|20)\d\d)
    | (?P<n5>{MONTH})\b\.?(?:\s(?P<y5>(?:19|20)\d\d)\b)?
    | (?<=\bin\s|\bof\s|\bim\s)(?P<y7>(?:19|20)\d\d)\b(?![.,]\d)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
MAYBE = re.compile(
    r"[JFMASONDjfmasond](?:an|eb|är|[aä]r|p[rt]|a[iy]|u[nlg]|e[pcz]|[ck]t|ov)|\d[-./]\d|\b20\d\d\b"
)
"""A cheap look before the thorough one."""
BEFORE_MAY = re.compile(r"\b(?:in|of|since|from|during|until|by|to|late|early|mid|last)[ -]$", re.IGNORECASE)
BEFORE_DAY = re.compile(r"\b(?:am|vom|zum|bis|seit|dem|den|ab|der|und|per)\s$", re.IGNORECASE)
"""What stands before "22.8.", which without a year may be the end of a sentence as well."""


class Day(NamedTuple):
    """A date with what was said of it; None for what was not."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def fits(self, date: dt.date) -> bool:
        """Whether `date` is meant, as far as it was said."""
        return (
            (self.year is None or self.year == date.year)
            and (self.month is None or self.month == date.month)
            and (self.day is None or self.day == date.day)
        )


def days(text: str) -> list[Day]:
    """The dates of a sentence from left to right."""
    if MAYBE.search(text) is None:
        return []
    found = []
    for match in DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        name = parts.get("n", "")
        if "d" not in parts and not _is_month(text, match, name):
            continue
        if match["d4"] and not match["y4"] and not BEFORE_DAY.search(text, 0, match.start()):
            continue
        month = MONTHS[name.lower()] if name else int(parts["m"]) if "m" in parts else None
        year = int(parts["y"]) if "y" in parts else None
        day = int(parts["d"]) if "d" in parts else None
        if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
            continue
        end = match.end() - (match.group().endswith(".") and not match["m4"])
        found.append(
            Day(match.start(), end, year + 2000 if year is not None and year < 100 else year, month, day)
        )
    return found


def _is_month(text: str, match: re.Match[str], name: str) -> bool:
    if not name:
        return True
    if not name[0].isupper():
        return False
    if name.lower() not in ("may", "march", "mar"):
        return True
    return bool(BEFORE_MAY.search(text, 0, match.start())) or "y5" in {
        k for k, v in match.groupdict().items() if v
    }
