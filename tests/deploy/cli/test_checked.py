"""How checked figures and look-ups look: marks in the text, reasons and counts below it, sources on request."""

import re
from io import StringIO
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from deploy.cli.checked import words
from deploy.cli.checked.marks import DERIVED, FLAGGED, marks_in, with_marks
from deploy.cli.checked.tables import ROWS_MAX, looked_up, sources
from deploy.cli.look import THEME, answer
from deploy.cli.transcript import Piece, Said, Transcript, said_of, whole, whole_blocks
from deploy.cli.words import progress
from deploy.client import Ended, LookedUp, Turn
from deploy.client.conversation import Conversation
from shared.frames.figures import Figure, Lookup, Table
from tests.deploy.client.test_golden import followed, recorded
from tests.golden.checked import COMPARED, FIGURES, PEPSICO, YIELDS

MARKED = COMPARED.replace("1.60 points", f"1.60 points{DERIVED}").replace("27.63", f"27.63{FLAGGED}")


def figure(text: str, at: int, shown: str, state: str = "flagged") -> Figure:
    """A figure of `text` at the character `at`, in UTF-16 code units."""
    start = len(text[:at].encode("utf-16-le")) // 2
    verdict = {"flagged": "unsupported", "unsure": "unsure", "verified": "matched"}[state]
    return Figure(start, start + len(shown.encode("utf-16-le")) // 2, shown, verdict, state)  # type: ignore[arg-type]


def ended() -> Turn:
    (turn,) = followed(recorded("checked")).turns
    return turn


def drawn(renderable: object, width: int = 80, *, color: bool = False) -> str:
    out = StringIO()
    console = Console(
        theme=THEME, file=out, width=width, highlight=False, force_terminal=color, no_color=not color
    )
    console.print(renderable)
    return out.getvalue()


def test_marks_stand_behind_flagged_and_derived_figures_only() -> None:
    said = said_of(ended())
    assert with_marks(said.text, said.marks) == MARKED


@pytest.mark.parametrize("by_block", [True, False])
def test_what_is_written_while_the_answer_grows_is_marked_like_the_whole(by_block: bool) -> None:
    """A piece is marked with what is known when it is written; a block is whole when it is."""
    conversation = Conversation()
    transcript: Transcript | None = None
    pieces: list[Piece] = []
    for frame, seq in recorded("checked"):
        conversation.apply(frame, seq)
        if transcript is None and conversation.loaded:
            transcript = Transcript(conversation, "KO", whole_blocks if by_block else len)
        if transcript:
            pieces += transcript.news()
    said = [with_marks(piece.text, piece.marks) for piece in pieces if isinstance(piece, Said)]
    looked_up = [piece.lookup for piece in pieces if isinstance(piece, LookedUp)]
    assert looked_up == [YIELDS, PEPSICO]  # in the order in which they were done, each once
    assert isinstance(pieces[-1], Ended)
    if by_block:
        assert "".join(said) == MARKED
    else:
        assert "".join(said).replace(DERIVED, "").replace(FLAGGED, "") == COMPARED


@given(st.text(alphabet="a1é📈\n. ", max_size=30), st.data())
def test_a_mark_never_stands_elsewhere_than_behind_its_figure(text: str, data: st.DataObject) -> None:
    before = data.draw(st.text(alphabet="a📈\n ", max_size=8))
    whole = f"{before}x7.5{text}"
    flagged = figure(whole, len(before) + 1, "7.5")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    marks = marks_in(whole, [flagged], start, end)
    inside = start <= len(before) + 1 and end >= len(before) + 4
    assert len(marks) == inside
    for at, sign in marks:
        assert (whole[start:end][:at][-3:], sign) == ("7.5", FLAGGED)


def test_a_figure_that_is_not_where_it_should_be_gets_no_mark() -> None:
    assert marks_in("It is 7.5.", [figure("It is 7.5.", 5, "7.5")], 0, 10) == ()
    assert marks_in("7.", [Figure(9, 12, "7.5", "unsupported", "flagged")], 0, 2) == ()


def test_the_number_of_a_lists_item_gets_no_mark() -> None:
    text = "1. 7.5 is high\n2) 8.5"
    flagged = [figure(text, text.index(shown), shown) for shown in ("1", "7.5", "2", "8.5")]
    assert with_marks(text, marks_in(text, flagged, 0, len(text))) == "1. 7.5! is high\n2) 8.5!"


@pytest.mark.parametrize(
    "around", ["**{}**", "*{}*", "`{}`", "[{}](x)", "- {}", "{}\n\nmore", "| a |\n|---|\n| {} |"]
)
def test_markdown_keeps_a_mark_where_it_is(around: str) -> None:
    text = around.format("7.5")
    marks = marks_in(text, [figure(text, text.index("7.5"), "7.5")], 0, len(text))
    assert "7.5!" in drawn(answer(Said(text, True, marks)))
    assert re.search(r"\x1b\[33m!", drawn(answer(Said(text, True, marks)), color=True))


def test_an_answer_cannot_forge_a_mark() -> None:
    shown = drawn(answer(Said("All 7.5\ue0f1 is \ue0f2well", True)))
    assert (FLAGGED in shown, DERIVED in shown) == (False, False)


def test_the_count_below_an_answer() -> None:
    assert words.count(FIGURES) == "4 figures · 3 verified · 1 not found"
    assert words.count(FIGURES[:1]) == "1 figure · 1 verified"
    assert words.count([]) == ""


def test_the_reason_of_a_flagged_figure_is_one_line() -> None:
    assert words.reasons(FIGURES) == ["! 27.63: The analysis has no such figure. Its P/E is 27.36."]
    assert words.notes(FIGURES)[1:] == ["≈ 1.60 points: 3.94 % − 2.34 %"]
    twice = [replace(FIGURES[3], why=None, start=start) for start in (1, 2)]
    assert words.reasons(twice) == ["! 27.63: The analysis has no such figure."]


def test_the_sources_of_an_answer() -> None:
    assert words.sources(FIGURES) == [
        ("3.94 %", "Dividend yield · PEP · 22 Aug: 3.94 %"),
        ("2.34 %", "Dividend yield · KO · 22 Aug: 2.34 %"),
        ("1.60 points≈", "worked out: 3.94 % − 2.34 %"),
        ("", "Dividend yield · PEP · 22 Aug: 3.94 %"),
        ("", "Dividend yield · KO · 22 Aug: 2.34 %"),
        ("27.63!", "The analysis has no such figure. Its P/E is 27.36."),
        ("", "P/E · KO · 22 Aug: 27.36"),
    ]


def test_a_place_says_role_and_revision() -> None:
    (source,) = [figure.source for figure in FIGURES[:1]]
    assert source is not None
    median = replace(source, where="metrics/dividend_yield/median", revision=2, as_of=None)
    assert words.place(median) == "Dividend yield, peers' median · PEP · revision 2: 3.94 %"
    assert words.place(replace(source, where="rationale/own_thing/points")).startswith("Own thing · PEP")
    assert words.place(replace(source, where="score")).startswith("Score · PEP")


def test_a_look_up_while_it_runs_and_when_it_is_done() -> None:
    running = replace(PEPSICO, status="running")
    turn = Turn(UUID(int=1), "Why?", "KO", stage="answering", lookups=[PEPSICO, running])
    assert progress(turn, 0.0) == "Looking up PepsiCo, 22 Aug…"
    assert words.lookup(replace(running, words=f"{running.words}…")) == "Looking up PepsiCo, 22 Aug…"
    assert words.lookup(PEPSICO) == "Looking up PepsiCo, 22 Aug"
    assert words.lookup(replace(PEPSICO, status="failed")) == "Looking up PepsiCo, 22 Aug: that failed"


@pytest.mark.parametrize("width", [20, 40, 80])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    console = Console(theme=THEME, width=width, file=StringIO())
    shown = [looked_up(YIELDS, console, width), sources(FIGURES), answer(said_of(ended()))]
    for line in "".join(drawn(one, width) for one in shown).splitlines():
        assert len(line) <= width
    assert ("too wide" in " ".join(drawn(shown[0], width).split())) == (width < 40)


def test_a_long_table_is_cut_and_says_so() -> None:
    rows = [[str(n), f"{n}.5 %"] for n in range(ROWS_MAX + 2)]
    long = Lookup(1, "history", "Reading", "ok", [], Table(["day", "yield"], rows))
    lines = drawn(looked_up(long, Console(theme=THEME, width=80, file=StringIO()), 80)).splitlines()
    assert lines[2].endswith(" 0.5 %")
    assert lines[-1].strip() == "2 more rows"


def test_nothing_that_was_looked_up_commands_the_terminal() -> None:
    evil = "\x1b]0;x\x07"
    lookup = Lookup(1, "history", evil, "ok", [], Table([evil], [[evil]]))
    turn = Turn(UUID(int=1), "?", None, lookups=[lookup])
    assert "\x1b" not in drawn(looked_up(lookup, Console(theme=THEME, width=80, file=StringIO()), 80))
    assert "\x1b" not in progress(replace_status(turn), 0.0)
    flagged = [replace(FIGURES[3], text=evil, why=evil)]
    assert "\x1b" not in drawn(sources(flagged))


def replace_status(turn: Turn) -> Turn:
    turn.stage, turn.lookups = "answering", [replace(turn.lookups[0], status="running")]
    return turn


def test_history_shows_a_turn_as_it_was() -> None:
    turn = ended()
    kinds = [type(piece).__name__ for piece in whole(turn)]
    assert kinds == ["Asked", "LookedUp", "LookedUp", "Said", "Ended"]
