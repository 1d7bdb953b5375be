"""What the chat says about itself."""

from uuid import UUID

import pytest

from deploy.cli import words
from deploy.cli.analyses import Verdict
from deploy.cli.clean import clean
from deploy.client.turn import Turn
from gateway.wire.server_frames import Error, PageContext
from shared.frames.turn_events import AiError
from tests.deploy.client.frames import KO, complete

TURN = UUID(int=1)


def test_a_source_says_which_analysis_and_what_it_came_to() -> None:
    assert words.source(KO, Verdict("hold", 57.9)) == "KO · analysis of 22 Aug · Hold 57.9"
    assert words.source(KO, None) == "KO · analysis of 22 Aug"
    assert words.source(PageContext("WBA", None, None), None) == "WBA · no analysis"
    assert words.source(None, None) == ""


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (Turn(TURN, "Why?", "KO"), "Sending…"),
        (Turn(TURN, "Why?", "KO", stage="waiting", position=1), "Queued, 2nd in line"),
        (Turn(TURN, "Why?", "KO", stage="waiting", position=12), "Queued, 13th in line"),
        (Turn(TURN, "Why?", "KO", stage="waiting"), "Reading KO…"),
        (Turn(TURN, "Why?", None, stage="waiting"), "Thinking…"),
        (Turn(TURN, "Why?", "KO", stage="answering", context=KO), "Reading KO, 22 Aug…"),
        (Turn(TURN, "Why?", "KO", stage="answering", restarted=True, context=KO), words.RESTARTED),
        (
            Turn(TURN, "Why?", "KO", refusal=Error("rate_limited", "", True), retry_at=12.0),
            "Too many questions. Next in 12 s.",
        ),
    ],
)
def test_what_goes_on_with_a_question(turn: Turn, said: str) -> None:
    assert words.progress(turn, now=0.0) == said


def test_how_a_turn_ended() -> None:
    turn = Turn(TURN, "Why?", "KO")
    assert words.ending(turn) == ""
    turn.end(complete(TURN))
    assert words.ending(turn) == ""
    turn.end(AiError(TURN, "model_timeout", "", True))
    assert words.ending(turn) == "No answer came."


def test_nothing_that_was_said_commands_the_terminal() -> None:
    assert clean("\x1b]0;title\x07a\r\nb\tc\x9b2J\u202ed") == "]0;titlea\nb\tc2Jd"
