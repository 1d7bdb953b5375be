"""What gathers and what is published, whatever the interleaving."""

from hypothesis import given
from hypothesis import strategies as st

from agent_worker.emit.coalescer import Coalescer, Piece
from shared.frames.figures import Figure, Lookup

FIGURE = Figure(0, 1, "1", "matched", "verified")
lookups = st.builds(Lookup, st.integers(1, 3), st.just("peers"), st.text(), st.just("ok"), st.just([]))
texts = st.tuples(st.text(min_size=1), st.sampled_from([[], [FIGURE]]))


@given(st.lists(st.one_of(texts, lookups, st.none())))
def test_what_is_taken_is_what_was_written_in_its_order(
    steps: list[tuple[str, list[Figure]] | Lookup | None],
) -> None:
    coalescer, taken, written = Coalescer(), list[str | Figure | Lookup](), list[str | Figure | Lookup]()

    def take() -> None:
        before = coalescer.published
        piece = coalescer.take()
        if isinstance(piece, Piece):
            assert coalescer.published == before + len(piece.text.encode())
            taken.extend([*piece.text, *piece.figures])
        else:
            taken.append(piece)

    for step in steps:
        if step is None:
            if coalescer.waiting:
                take()
        elif isinstance(step, Lookup):
            written.append(step)
            coalescer.add_lookup(step)
        else:
            written += [*step[0], *step[1]]
            coalescer.add(*step)
    while coalescer.waiting:
        take()
    assert [part for part in taken if not isinstance(part, Figure)] == [
        part for part in written if not isinstance(part, Figure)
    ]
    assert coalescer.figures == [part for part in taken if isinstance(part, Figure)]
    assert coalescer.text == "".join(part for part in written if isinstance(part, str))


def test_text_that_gathers_goes_together() -> None:
    coalescer = Coalescer()
    coalescer.add("a")
    coalescer.add("b", [FIGURE])
    coalescer.add("c")
    assert coalescer.take() == Piece("abc", [FIGURE])
    assert not coalescer.waiting


def test_all_can_be_published_again_from_the_start() -> None:
    coalescer = Coalescer()
    looked_up = Lookup(1, "peers", "Looking up…", "ok", [])
    coalescer.add("a")
    coalescer.take()
    coalescer.add_lookup(looked_up)
    coalescer.add("é", [FIGURE])
    assert coalescer.take_all() == Piece("aé", [FIGURE])
    assert coalescer.lookups == [looked_up]
    assert (coalescer.published, coalescer.waiting) == (3, False)
