"""What gathers and what is told, whatever the interleaving."""

from hypothesis import given
from hypothesis import strategies as st

from agent_worker.emit.coalescer import Coalescer


@given(st.lists(st.one_of(st.text(min_size=1), st.none())))
def test_the_pieces_are_the_text(steps: list[str | None]) -> None:
    coalescer, pieces, written = Coalescer(), "", ""
    for step in steps:
        if step is None:
            before = coalescer.published
            assert before == len(pieces.encode())
            pieces += coalescer.take()
        else:
            written += step
            coalescer.add(step)
    assert coalescer.waiting == (pieces != written)
    assert pieces + coalescer.take() == written == coalescer.text


def test_all_can_be_told_again_from_the_start() -> None:
    coalescer = Coalescer()
    coalescer.add("a")
    coalescer.take()
    coalescer.add("é")
    assert coalescer.take_all() == "aé"
    assert (coalescer.published, coalescer.waiting) == (3, False)
