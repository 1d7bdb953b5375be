"""The window over a conversation: whole turns, the newest, within the budget, and no fewer than fit."""

from hypothesis import given
from hypothesis import strategies as st

from agent_worker.memory.chat_history import PastTurn, windowed
from agent_worker.memory.tokens import estimated_tokens

turns = st.lists(st.builds(PastTurn, st.text(max_size=60), st.text(max_size=200), st.none()), max_size=30)


def cost(turn: PastTurn) -> int:
    return estimated_tokens(turn.question) + estimated_tokens(turn.answer)


@given(turns, st.integers(0, 300))
def test_the_window_holds_the_newest_turns_that_fit(newest_first: list[PastTurn], budget: int) -> None:
    kept = windowed(newest_first, budget)
    assert kept == newest_first[: len(kept)][::-1]
    assert sum(map(cost, kept)) <= budget
    if len(kept) < len(newest_first):
        assert sum(map(cost, kept)) + cost(newest_first[len(kept)]) > budget
