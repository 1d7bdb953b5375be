"""The merge of replay and live events: whatever the interleaving, every event once, in order."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.session.follower import MOST_HELD, Follower, Placement
from shared.frames.live import Live


def live(seq: int, epoch: str = "e") -> Live:
    return Live(epoch, seq, f"frame {seq}")


@given(st.data())
def test_every_event_arrives_once_and_in_order(data: st.DataObject) -> None:
    """The replay holds what existed when it was read. Being subscribed before, live delivery begins with the
    next event at the latest; how many of them arrive before the replay does is anybody's guess."""
    seen = data.draw(st.integers(0, 20))
    read_at = seen + data.draw(st.integers(0, 20))
    last = read_at + data.draw(st.integers(0, 20))
    begins = data.draw(st.integers(1, read_at + 1))
    arrived = data.draw(st.integers(begins - 1, last))
    follower = Follower()
    follower.start_from("e", seen)
    follower.hold()
    assert all(follower.offer(live(seq)) is Placement.HOLD for seq in range(begins, arrived + 1))
    following = follower.settle("e", read_at)
    assert following is not None
    verdicts = {seq: follower.offer(live(seq)) for seq in range(arrived + 1, last + 1)}
    assert Placement.GAP not in verdicts.values()
    told = [*range(seen + 1, read_at + 1), *(each.seq for each in following)]
    told += [seq for seq, verdict in verdicts.items() if verdict is Placement.SEND]
    assert told == list(range(seen + 1, last + 1))


@given(st.lists(st.integers(1, 12), max_size=40))
def test_live_events_in_any_order_are_never_doubled_and_never_skipped(order: list[int]) -> None:
    follower = Follower()
    follower.settle("e", 0)
    sent = [seq for seq in order if follower.offer(live(seq)) is Placement.SEND]
    assert sent == list(range(1, len(sent) + 1))


def test_a_gap_is_noticed_and_does_not_move_on() -> None:
    follower = Follower()
    follower.settle("e", 3)
    assert follower.offer(live(5)) is Placement.GAP
    assert (follower.epoch, follower.seq) == ("e", 3)
    assert follower.offer(live(4)) is Placement.SEND


def test_another_epoch_is_a_gap() -> None:
    follower = Follower()
    follower.settle("e", 3)
    assert follower.offer(live(4, "f")) is Placement.GAP
    assert follower.offer(live(1, "f")) is Placement.GAP


def test_held_events_that_do_not_follow_ask_for_another_replay_from_the_same_place() -> None:
    follower = Follower()
    follower.start_from("e", 2)
    follower.hold()
    follower.offer(live(9))
    assert follower.settle("e", 5) is None
    assert (follower.epoch, follower.seq) == ("e", 2)
    assert follower.offer(live(10)) is Placement.HOLD
    assert follower.settle("e", 9) == [live(10)]


def test_too_many_held_events_are_dropped_and_then_missed() -> None:
    follower = Follower()
    for seq in range(1, MOST_HELD + 3):
        assert follower.offer(live(seq)) is Placement.HOLD
    assert follower.settle("e", 0) is None
    assert follower.settle("e", MOST_HELD + 2) == []
