"""Plant one fault in a right answer: each makes the text say something that the analyses do not."""

import datetime as dt
import random
import re
from collections.abc import Iterator, Sequence

from shared.analysis import Analysis
from shared.metric_words import METRIC_WORDS
from tests.eval.misprints import invented, is_neighbour, other_digit, other_unit, rounds_to
from tests.eval.notation import written_day
from tests.eval.planted import SLOT, Answer, Sample
from tests.eval.slots import RATINGS_DE, Piece, fill
from tests.eval.world import Blank, World


def faults_of(sample: Sample, world: World, answer: Answer, chance: random.Random) -> Iterator[Answer]:
    """All kinds of faults that fit, each once."""
    yield from _numbers(world, answer, chance)
    yield from _companies(sample, world, answer, chance)
    yield from _labels(world, answer, chance)
    yield from _dates(world, answer, chance)
    yield from _ratings(answer, chance)
    yield from _directions(answer)


def _planted(answer: Answer, place: int, text: str, fault: str, targets: Sequence[int]) -> Answer:
    """The answer with another text for one piece."""
    start, end, _ = answer.pieces[place]
    by = len(text) - (end - start)
    pieces = [
        (s, e, p) if s < start else (s, e + by, Piece(text, p.kind)) if i == place else (s + by, e + by, p)
        for i, (s, e, p) in enumerate(answer.pieces)
    ]
    return Answer(
        answer.text[:start] + text + answer.text[end:],
        tuple(pieces),
        answer.tickers,
        answer.phrasing,
        fault,
        tuple(targets),
    )


def _numbers(world: World, answer: Answer, chance: random.Random) -> Iterator[Answer]:
    for place, (_, _, piece) in enumerate(answer.pieces):
        if piece.kind != "number":
            continue
        if piece.derived:
            digit = other_digit(piece.text, chance)
            if not is_neighbour(digit, piece.text):
                yield _planted(answer, place, digit, "derived", [place])
            continue
        digit = other_digit(piece.text, chance)
        if not rounds_to(digit, piece.exact):
            yield _planted(answer, place, digit, "digit", [place])
        yield _planted(answer, place, invented(piece.text, chance), "invented", [place])
        unit = other_unit(piece.text)
        if unit is not None:
            yield _planted(answer, place, unit, "unit", [place])


def _number_places(answer: Answer, metric: str = "") -> list[int]:
    return [
        i
        for i, (_, _, p) in enumerate(answer.pieces)
        if p.kind == "number" and (not metric or p.metric == metric)
    ]


def _companies(sample: Sample, world: World, answer: Answer, chance: random.Random) -> Iterator[Answer]:
    """Another company's name over this one's figures."""
    named = [i for i, (_, _, p) in enumerate(answer.pieces) if p.kind == "company"]
    slots = [match[1] for match in SLOT.finditer(answer.phrasing.text)]
    if len(named) != 1 or len(answer.tickers) != 1:
        return
    stranger = chance.choice(sorted(set(sample.analyses) - set(answer.tickers)))
    other = World(
        [(stranger, "")], world.analyses, world.metrics, world.old, world.german, chance, world.style
    )
    targets = []
    for place in _number_places(answer):
        if ". " not in answer.text[answer.pieces[place][1] : answer.pieces[named[0]][0]]:
            try:
                same = fill(other, slots[place]).text == answer.pieces[place][2].text
            except Blank:
                same = False
            if not same:
                targets.append(place)
    from agent_worker.grounding.names import short_name

    text = stranger if slots[named[0]] == "T" else short_name(sample.names[stranger])
    yield from (_planted(answer, named[0], text, "company", [target]) for target in targets[:2])


def _labels(world: World, answer: Answer, chance: random.Random) -> Iterator[Answer]:
    """Another metric's name over a figure of the same kind."""
    slots = [match[1] for match in SLOT.finditer(answer.phrasing.text)]
    for place, (_, _, piece) in enumerate(answer.pieces):
        if piece.kind != "label":
            continue
        unit = METRIC_WORDS[piece.metric].unit
        if slots.count(slots[place]) > 1:
            continue
        used = set(world.metrics.values())
        others = [
            k
            for k, w in METRIC_WORDS.items()
            if w.unit == unit and k not in used and k not in ("score", "rating")
        ]
        if not others:
            continue
        key = chance.choice(others)
        name = next(n for n, k in world.metrics.items() if k == piece.metric)
        other = World(
            world.companies,
            world.analyses,
            {**world.metrics, name: key},
            world.old,
            world.german,
            chance,
            world.style,
        )
        targets = []
        for target in _number_places(answer, piece.metric):
            try:
                same = fill(other, slots[target]).text == answer.pieces[target][2].text
            except Blank:
                same = False
            if not same and not answer.pieces[target][2].derived:
                targets.append(target)
        label = METRIC_WORDS[key].label_de if world.german else METRIC_WORDS[key].label
        yield from (_planted(answer, place, label, "label", [target]) for target in targets[:2])


def _dates(world: World, answer: Answer, chance: random.Random) -> Iterator[Answer]:
    """Another known date over figures of this one."""
    slots = [match[1] for match in SLOT.finditer(answer.phrasing.text)]
    if len(answer.tickers) != 1:
        return
    for place, (_, _, piece) in enumerate(answer.pieces):
        if piece.kind != "date":
            continue
        mine = world.old if slots[place] == "E" else 0
        found = world.analyses[world.companies[0][0]][:11]
        backs = [b for b in range(len(found)) if b not in (0, world.old)]
        if not backs:
            continue
        back = chance.choice(backs)
        targets = [
            t
            for t in _number_places(answer)
            if _depends(world, slots[t], mine, back, answer.pieces[t][2].text)
        ]
        text = _day_text(found, back, world)
        if targets and re.search(
            r"\n|\. ", answer.text[answer.pieces[targets[0]][1] : answer.pieces[place][0]]
        ):
            targets = [place]  # the figures have been judged when a later line dates them
        yield from (_planted(answer, place, text, "date", [target]) for target in targets[:1])


def _day_text(found: Sequence[Analysis], back: int, world: World) -> str:
    day: dt.date = found[back].as_of
    return written_day(world, day, world.style)


def _depends(world: World, slot: str, mine: int, back: int, text: str) -> bool:
    """Whether the figure is of the date that was replaced, and is another one on the new date."""
    role = slot.split("|")[0].partition(".")[0]
    if role in ("c", "zo", "Sd"):
        return False
    of_old = role in ("o", "So")
    if role not in ("o", "So", "v", "S", "m", "v1") or of_old != (mine == world.old):
        return False
    shift = World(
        [world.companies[0]],
        {world.companies[0][0]: world.analyses[world.companies[0][0]][back:]},
        world.metrics,
        0,
        world.german,
        world.chance,
        world.style,
    )
    try:
        return fill(shift, slot.replace("So", "S").replace("o.", "v.")).text != text
    except Blank:
        return True


def _ratings(answer: Answer, chance: random.Random) -> Iterator[Answer]:
    for place, (_, _, piece) in enumerate(answer.pieces):
        if piece.kind == "rating":
            words = RATINGS_DE.values() if piece.text in RATINGS_DE.values() else RATINGS_DE
            yield _planted(
                answer, place, chance.choice([w for w in words if w != piece.text]), "digit", [place]
            )


def _directions(answer: Answer) -> Iterator[Answer]:
    """The opposite word; the opposite sign."""
    slots = [match[1] for match in SLOT.finditer(answer.phrasing.text)]
    for place, (_, _, piece) in enumerate(answer.pieces):
        if piece.kind == "direction":
            targets = _moved_by(answer, slots, place)
            if targets:
                yield _planted(answer, place, piece.other, "direction", targets)
        elif piece.kind == "number" and slots[place].startswith("s."):
            text = (
                piece.text.replace("+", "−") if piece.text.startswith("+") else piece.text.replace("−", "+")
            )
            yield _planted(answer, place, text, "sign", [place])


RELATED = {"up": ("v", "o", "c", "zo", "v1"), "ab": ("v", "m", "q", "z", "v1"), "hi": ("v", "v2", "k", "kz"),
           "ad": ("p",), "sg": ("u", "v"), "sc": ("S", "So", "Sd"),
           "hs": ("S", "S2")}  # fmt: skip


def _moved_by(answer: Answer, slots: list[str], place: int) -> list[int]:
    role = slots[place].split("|")[0].partition(".")[0]
    metric = answer.pieces[place][2].metric
    return [
        i for i, (_, _, p) in enumerate(answer.pieces)
        if p.kind == "number" and p.metric == metric and slots[i].partition(".")[0] in RELATED[role]
    ]  # fmt: skip
