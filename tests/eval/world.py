"""Whom and what one text is about, and where its figures come from."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.analysis import Analysis, Metric, RationaleItem
from shared.metric_words import METRIC_WORDS


class Blank(Exception):
    """This company has nothing to fill a blank with."""


@dataclass
class World:
    """Whom and what one text is about."""

    companies: list[tuple[str, str]]
    analyses: Mapping[str, Sequence[Analysis]]
    metrics: dict[str, str]
    old: int
    german: bool
    chance: random.Random
    style: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    exact: float = 0.0
    """The figure written last, unrounded."""

    def analysis(self, company: int = 0, back: int = 0) -> Analysis:
        found = self.analyses[self.companies[company][0]]
        if back >= len(found):
            raise Blank
        return found[back]

    def metric(self, name: str, company: int = 0, back: int = 0) -> Metric:
        key = self.metrics[name]
        found = next((m for m in self.analysis(company, back).metrics if m.key == key), None)
        if found is None or found.value is None:
            raise Blank
        return found

    def value(self, name: str, company: int = 0, back: int = 0) -> float:
        value = self.metric(name, company, back).value
        if value is None:
            raise Blank
        return value

    def median(self, name: str, company: int = 0) -> float:
        peers = self.metric(name, company).peers
        if peers is None or peers.median is None:
            raise Blank
        return peers.median

    def item(self, name: str) -> RationaleItem:
        found = next((i for i in self.analysis().rationale if i.key == self.metrics[name]), None)
        if found is None or not found.counted or found.without is None or abs(found.points) < 0.1:
            raise Blank
        return found

    def unit(self, name: str) -> str:
        return METRIC_WORDS[self.metrics[name]].unit
