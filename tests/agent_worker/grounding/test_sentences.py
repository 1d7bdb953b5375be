"""Where a text is cut into sentences, and that the cuts do not depend on how it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_worker.grounding.sentences import Splitter


def split(*deltas: str) -> list[str]:
    splitter = Splitter()
    return [*(s for delta in deltas for s in splitter.feed(delta)), *splitter.finish()]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It is worth $1.2B. Next it fell.", "It is worth $1.2B."),
        ("The P/E is 27.36. The P/B is not.", "The P/E is 27.36."),
        ("It ranks No. 5 in the U.S. market. So what?", "It ranks No. 5 in the U.S. market."),
        ("J.B. Hunt leads. Good.", "J.B. Hunt leads."),
        ("Am 22. August stieg er. Dann nicht.", "Am 22. August stieg er."),
        ("Der Wert liegt bei 3,1 Mrd. Dollar. Gut.", "Der Wert liegt bei 3,1 Mrd. Dollar."),
        ("Is it high (med. 25.43)? Yes.", "Is it high (med. 25.43)?"),
        ("**It is.** Then more.", "**It is.**"),
        ("- P/E: 27.36\n- P/B: 10.84\n", "- P/E: 27.36\n"),
        ("| a | b |\n|---|---|\n", "| a | b |\n"),
        ("1. First point. 2. Second.", "1. First point."),
        ("It is approx. 27. That is all.", "It is approx. 27."),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert split(text)[0] == first


def test_a_sentence_is_given_when_the_next_word_is_there() -> None:
    splitter = Splitter()
    assert splitter.feed("The P/E is 27.") == []
    assert splitter.feed("36. ") == []
    assert splitter.feed("The ") == ["The P/E is 27.36."]


@given(
    text=st.text(alphabet=st.sampled_from("ab 1.5.!?\n()*A|Mrd.No"), max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=12),
)
def test_the_cuts_do_not_depend_on_the_pieces(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    assert split(*pieces) == split(text)
    assert "".join(split(text)) == text
