"""Answers that are right, and answers with one fault planted, made from the sample's real analyses by a seed.

`rates` runs them through the figure checker and says how often a fault looks verified and a right figure does not.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from agent_worker.grounding.checker import check
from agent_worker.grounding.facts import facts_of_all, texts_of
from agent_worker.grounding.known import Facts
from agent_worker.grounding.names import CompanyNames, short_name
from shared.analysis import Analysis
from shared.frames.figures import Figure
from tests.eval.slots import GROUPS, Blank, Piece, World, fill

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


class Rates(NamedTuple):
    """Shares, 0 to 1, and how many they are of."""

    faults: dict[str, tuple[int, int]]
    """Kind of fault: shown as verified, planted."""
    missed: int
    """Planted or right figures that were not found at all."""
    figures: int
    verified: int
    flagged: int
    examples: list[str]

    def share(self, *kinds: str) -> float:
        """Of these faults, the share that looks verified."""
        total = sum(self.faults.get(kind, (0, 0))[1] for kind in kinds)
        return sum(self.faults.get(kind, (0, 0))[0] for kind in kinds) / max(1, total)


VALUE_FAULTS = ("digit", "company", "unit", "invented")
LABEL_FAULTS = ("label", "date", "derived")
DIRECTION_FAULTS = ("direction", "sign")


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
    two = bool(re.search(r"\{(?:\w+2|k|kz|hi|mb)[.}|]", phrasing.text))
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


def state_at(figures: Sequence[Figure], text: str, start: int, end: int) -> str | None:
    """The state of the figure over a place (characters) of the text; None where none was found."""
    begin, stop = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
    found = [figure.state for figure in figures if figure.start < stop and begin < figure.end]
    return (
        None
        if not found
        else "verified"
        if set(found) == {"verified"}
        else next(s for s in found if s != "verified")
    )


def rates(
    sample: Sample, phrasings: Sequence[Phrasing], *, right: int, seed: int = 1, examples: int = 40
) -> Rates:
    """Check `right` right answers, and every fault that can be planted in each of them."""
    from tests.eval.faults import faults_of

    faults: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    shown: list[str] = []
    chance = random.Random(seed + 1)
    for world, answer in right_answers(sample, phrasings, right, seed):
        facts = facts_for(sample, answer.tickers)
        figures = check(answer.text, facts)
        counts.update(f"all {figure.state}" for figure in figures)
        for start, end, piece in answer.pieces:
            if piece.kind in ("number", "date", "rating"):
                state = state_at(figures, answer.text, start, end)
                counts[f"right {state}"] += 1
                if state != "verified":
                    shown.append(f"RIGHT {state}: [{piece.text}] {answer.text}")
        for planted in faults_of(sample, world, answer, chance):
            judged = check(planted.text, facts)
            states = [
                state_at(judged, planted.text, *planted.pieces[target][:2]) for target in planted.targets
            ]
            counts["missed"] += states.count(None)
            all_of = planted.fault in DIRECTION_FAULTS
            bad = (all if all_of else any)(state == "verified" for state in states)
            tally = faults.setdefault(planted.fault, [0, 0])
            tally[0] += bad
            tally[1] += 1
            if bad:
                shown.append(
                    f"FAULT {planted.fault}: {[planted.pieces[t][2].text for t in planted.targets]} {planted.text}"
                )
    chance.shuffle(shown)
    total = sum(count for name, count in counts.items() if name.startswith("right"))
    return Rates(
        {kind: (bad, planted) for kind, (bad, planted) in sorted(faults.items())},
        counts["missed"] + counts["right None"],
        total,
        counts["right verified"],
        counts["all flagged"],
        shown[:examples],
    )


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


def report(found: Rates) -> str:
    """The rates as lines of text."""
    lines = [f"{kind}: {bad} of {planted} shown as verified" for kind, (bad, planted) in found.faults.items()]
    groups = (
        ("value", VALUE_FAULTS),
        ("label, date, derived", LABEL_FAULTS),
        ("direction, sign", DIRECTION_FAULTS),
    )
    lines += [f"{name} faults: {found.share(*kinds):.2%}" for name, kinds in groups]
    lines += [
        f"right figures: {found.figures}, verified {found.verified / max(1, found.figures):.2%}, flagged {found.flagged / max(1, found.figures):.2%}",
        f"not found: {found.missed}",
    ]
    return "\n".join(lines)
