"""Right answers made from the sample's real analyses by a seed, and the facts that stood before the model."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from agent_worker.grounding.facts import facts_of_all, texts_of
from agent_worker.grounding.known import Facts
from agent_worker.grounding.names import CompanyNames, short_name
from shared.analysis import Analysis
from tests.eval.slots import GROUPS, Piece, fill
from tests.eval.world import Blank, World

SLOT = re.compile(r"\{([^{}]+)\}")
KEPT = 11
TRIES = 60


class Phrasing(NamedTuple):
    """A way to say something: `metrics` says what A and B may be ("A=ratio B=fraction"), `text` has blanks."""

    language: str
    metrics: str
    text: str


class Sample(NamedTuple):
    """Names and analyses (newest first) of the companies."""

    names: Mapping[str, str]
    analyses: Mapping[str, Sequence[Analysis]]


@dataclass(frozen=True)
class Answer:
    """A text, its pieces with their places, and whose figures stood before the model."""

    text: str
    pieces: tuple[tuple[int, int, Piece], ...]
    tickers: tuple[str, ...]
    phrasing: Phrasing
    fault: str = ""
    targets: tuple[int, ...] = ()
    """The pieces whose figures must not all look verified (direction), or none of which may (all else)."""


def worlds(sample: Sample, phrasing: Phrasing, chance: random.Random) -> Iterator[World]:
    """Random choices of companies, metrics and dates for a phrasing."""
    tickers = sorted(sample.analyses)
    for _ in range(TRIES):
        pair = chance.sample(tickers, 2)
        metrics: dict[str, str] = {}
        for part in phrasing.metrics.split():
            name, _, group = part.partition("=")
            left = [key for key in GROUPS.get(group, (group,)) if key not in metrics.values()]
            metrics[name] = chance.choice(left)
        if any(
            "split" in (m.note or "") for t in pair for m in sample.analyses[t][0].metrics if m.key == "price"
        ):
            continue
        names = [(ticker, short_name(sample.names[ticker])) for ticker in pair]
        old = 1 if "{E}" not in phrasing.text else chance.randint(1, 9)
        yield World(
            names, sample.analyses, metrics, old, phrasing.language == "de", chance, chance.randrange(60)
        )


def write(world: World, phrasing: Phrasing, replace: Mapping[int, Piece] | None = None) -> Answer:
    """Fill a phrasing. Raises `Blank` where the company has not got what it needs."""
    text, pieces, place = "", [], 0
    for count, match in enumerate(SLOT.finditer(phrasing.text)):
        piece = (replace or {}).get(count) or fill(world, match[1])
        text += phrasing.text[place : match.start()]
        pieces.append((len(text), len(text) + len(piece.text), piece))
        text += piece.text
        place = match.end()
    text += phrasing.text[place:]
    two = bool(re.search(r"\{(?:\w+2|k|kz|hi|hs|mb)[.}|]", phrasing.text))
    return Answer(text, tuple(pieces), tuple(t for t, _ in world.companies[: 2 if two else 1]), phrasing)


def right_answers(
    sample: Sample, phrasings: Sequence[Phrasing], count: int, seed: int
) -> Iterator[tuple[World, Answer]]:
    """`count` right answers, the phrasings in turn."""
    chance = random.Random(seed)
    made, turn = 0, 0
    while made < count:
        phrasing = phrasings[turn % len(phrasings)]
        turn += 1
        for world in worlds(sample, phrasing, chance):
            try:
                answer = write(world, phrasing)
            except Blank:
                continue
            made += 1
            yield world, answer
            break


def facts_for(sample: Sample, tickers: Sequence[str]) -> Facts:
    """What stood before the model: the analyses of these companies, the first one's page open."""
    return Facts(
        [fact for ticker in tickers for fact in facts_of_all(sample.analyses[ticker][:KEPT])],
        texts=[text for ticker in tickers for text in texts_of(sample.analyses[ticker][0])],
        subject=tickers[0],
        names=directory(sample),
    )


_directories: dict[int, CompanyNames] = {}


def directory(sample: Sample) -> CompanyNames:
    """The names of all companies, built once."""
    return _directories.setdefault(id(sample), CompanyNames(sample.names.items()))


@cache
def sample_of_the_project() -> Sample:
    """The sample's figures and the analyses made of them (some seconds)."""
    from deploy.sample.analyses import by_ticker, make_analyses
    from deploy.sample.figures import read_figures

    figures = read_figures()
    made = by_ticker(make_analyses(figures).analyses)
    return Sample(
        {ticker: company.name for ticker, company in figures.companies.items()},
        {ticker: found[::-1] for ticker, found in made.items()},
    )
