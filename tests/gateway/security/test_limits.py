"""Pure counters."""

from gateway.security.limits import Cap, RecentCount


def test_recent_count_counts_within_its_time_only() -> None:
    fifth = RecentCount(5, 60)
    assert [fifth.reached(now) for now in (0, 1, 2, 3, 60)] == [False] * 4 + [True]
    slow = RecentCount(5, 60)
    assert not any(slow.reached(now) for now in range(0, 600, 16))


def test_a_cap_gives_back_what_was_taken() -> None:
    cap = Cap(2)
    assert [cap.take("a"), cap.take("a"), cap.take("a"), cap.take("b")] == [True, True, False, True]
    cap.give_back("a")
    assert cap.take("a")
    for _ in range(2):
        cap.give_back("a")
    cap.give_back("b")
    assert not cap._held, "names that hold nothing must not stay"
