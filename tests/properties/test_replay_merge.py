"""Replay and live events, joined in every order in which they can arrive."""

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gateway.session.follower import Follower, Placement
from shared.frames.live import Live

EPOCH = "e"


def live(seq: int, epoch: str = EPOCH) -> Live:
    return Live(epoch, seq, f"{epoch}{seq}")


class Socket:
    """A follower and what its client received; `log` is what Redis holds of each epoch."""

    def __init__(self, seen: int = 0) -> None:
        self.follower = Follower()
        self.follower.start_from(EPOCH, seen)
        self.received: list[str] = []
        self.resyncs = 0

    def hear(self, event: Live) -> None:
        """A live event arrives."""
        match self.follower.offer(event):
            case Placement.SEND:
                self.received.append(event.frame)
            case Placement.GAP:
                self.resyncs += 1
                self.follower.hold()

    def replayed(self, epoch: str, upto: int) -> None:
        """A replay that was read when the log ended at `upto` arrives; if it does not join, the next one does."""
        start = self.follower.seq if self.follower.epoch == epoch else 0
        following = self.follower.settle(epoch, upto)
        if following is not None:
            self.received += [live(seq, epoch).frame for seq in range(start + 1, upto + 1)]
            self.received += [event.frame for event in following]


def test_every_interleaving_of_one_replay() -> None:
    """N events; the client has seen `seen`; live events come from `first` on; the replay is read at `read` and
    arrives when `held` live events have come. Whatever these are, everything follows once and in order."""
    for n in range(7):
        for seen, first, read in itertools.product(range(n + 1), repeat=3):
            if first > read:
                continue  # the subscription is confirmed before the replay is read
            heard = [live(seq) for seq in range(first + 1, n + 1)]
            for held in range(len(heard) + 1):
                if seen > read or first + held < read:
                    continue  # a client cannot have seen, nor a replay hold, what was published later
                socket = Socket(seen)
                for event in heard[:held]:
                    socket.hear(event)
                socket.replayed(EPOCH, read)
                for event in heard[held:]:
                    socket.hear(event)
                assert socket.received == [live(seq).frame for seq in range(seen + 1, n + 1)]
                assert not socket.resyncs


@given(
    st.lists(st.sampled_from(["publish", "publish", "publish", "lose", "replay", "double"]), max_size=60),
    st.integers(0, 3),
)
def test_lost_and_doubled_events_are_repaired(steps: Sequence[str], seen: int) -> None:
    """Events may be lost on their way, or come twice; replays are read now and then. The client never sees a gap
    or a double, and after a last replay it has everything."""
    published = seen
    socket = Socket(seen)
    socket.replayed(EPOCH, published)
    for step in [*steps, "replay"]:
        match step:
            case "publish":
                published += 1
                socket.hear(live(published))
            case "lose":
                published += 1
            case "double" if published:
                socket.hear(live(published))
            case "replay":
                socket.follower.hold()
                socket.replayed(EPOCH, published)
        expected = [live(seq).frame for seq in range(seen + 1, seen + 1 + len(socket.received))]
        assert socket.received == expected
    assert len(socket.received) == published - seen


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_an_event_of_another_epoch_asks_for_a_replay(before: int, after: int, extra: int) -> None:
    """Redis lost the session: the numbers begin again, and nothing of the new epoch is taken for the old one's."""
    socket = Socket()
    socket.replayed(EPOCH, before)
    socket.received.clear()
    for seq in range(1, after + 1):
        socket.hear(live(seq, "f"))
    assert socket.received == []
    assert socket.resyncs == (1 if after else 0)
    if after:
        socket.replayed("f", after)
        for seq in range(after + 1, after + extra + 1):
            socket.hear(live(seq, "f"))
        assert socket.received == [live(seq, "f").frame for seq in range(1, after + extra + 1)]
