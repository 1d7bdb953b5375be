"""The result as a table by kind, and the failures as a file."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from tests.eval.scoring import Scored, ScoredTurn


class Row(NamedTuple):
    """One kind. `rate` is the share of conversations that are right; the rest counts its answers."""

    kind: str
    right: int
    n: int
    answers: int
    first: int
    words: float
    most_words: int
    verified: int
    flagged: int
    unsure: int
    look_ups: int
    bled: int

    @property
    def rate(self) -> float:
        return self.right / self.n if self.n else 0.0


def row_of(name: str, scored: Sequence[Scored]) -> Row:
    """The row of these conversations."""
    turns = [turn for each in scored for turn in each.turns]
    words = [len(turn.given.text.split()) for turn in turns] or [0]
    states = Counter(figure.state for turn in turns for figure in turn.given.figures)
    return Row(
        kind=name,
        right=sum(each.right for each in scored),
        n=len(scored),
        answers=len(turns),
        first=sum(turn.first for turn in turns),
        words=median(words),
        most_words=max(words),
        verified=states["verified"],
        flagged=states["flagged"],
        unsure=states["unsure"],
        look_ups=sum(len(turn.given.look_ups) for turn in turns),
        bled=sum(bool(turn.bled) for turn in turns),
    )


def rows_of(scored: Sequence[Scored]) -> list[Row]:
    """A row for each kind, and one of all at the end."""
    by_kind: dict[str, list[Scored]] = {}
    for each in scored:
        by_kind.setdefault(each.case.kind, []).append(each)
    return [*(row_of(kind, found) for kind, found in by_kind.items()), row_of("all", scored)]


HEAD = f"{'kind':<46} {'right':>6} {'n':>5} {'1st':>5} {'words':>5} {'max':>4} {'ver.':>6} {'flag':>5} {'uns.':>5} {'tools':>5} {'bleed':>5}"


def table(rows: Sequence[Row]) -> str:
    """The rows in lines."""
    lines = [HEAD, "-" * len(HEAD)]
    for row in rows:
        if row.kind == "all":
            lines.append("-" * len(HEAD))
        lines.append(
            f"{row.kind:<46} {row.rate:>6.1%} {row.n:>5} {row.first / max(1, row.answers):>5.0%} {row.words:>5.0f} {row.most_words:>4}"
            f" {row.verified:>6} {row.flagged:>5} {row.unsure:>5} {row.look_ups:>5} {row.bled:>5}"
        )
    return "\n".join(lines)


def failures(scored: Sequence[Scored]) -> str:
    """Every conversation that is not right: its questions and answers, what was expected, what is wrong."""
    return "\n\n".join(_failure(each) for each in scored if not each.right) + "\n"


def _failure(scored: Scored) -> str:
    lines = [f"## {scored.case.kind}"]
    for turn in scored.turns:
        lines += [f"Q [{_page(turn)}] {turn.asked.text}", f"A {turn.given.text}"]
        if turn.given.look_ups:
            lines.append(f"  tools: {', '.join(turn.given.look_ups)}")
        lines += [f"  BLEED {said}" for said in turn.bled]
        lines += [f"  WRONG {said}" for said in turn.wrong]
    return "\n".join(lines)


def _page(turn: ScoredTurn) -> str:
    back = f", {turn.asked.back} back" if turn.asked.back else ""
    return f"{turn.asked.page or 'no page'}{back}"


def flagged_count(scored: Sequence[Scored]) -> tuple[int, int]:
    """Figures flagged in right answers, and all figures of those."""
    states = Counter(figure.state for turn in _right_turns(scored) for figure in turn.given.figures)
    return states["flagged"], sum(states.values())


def flagged(scored: Sequence[Scored]) -> str:
    """The figures of right answers that the check does not take for proven, with the answer."""
    return "".join(
        f"{figure.state} ({figure.verdict}) [{figure.text}] {turn.given.text!r} Q: {turn.asked.text}\n"
        for turn in _right_turns(scored)
        for figure in turn.given.figures
        if figure.state != "verified"
    )


def _right_turns(scored: Sequence[Scored]) -> list[ScoredTurn]:
    return [turn for each in scored for turn in each.turns if not turn.wrong]
