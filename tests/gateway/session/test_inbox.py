"""Frames are handled one by one, in order, and only so many wait."""

import asyncio

from gateway.session.inbox import MOST_CHARS, MOST_ITEMS, Inbox


async def test_items_are_handled_in_order_one_at_a_time() -> None:
    handled: list[str] = []

    async def handle(item: int) -> None:
        handled.append(f"begin {item}")
        await asyncio.sleep(0.001 * (3 - item))
        handled.append(f"end {item}")

    inbox = Inbox(handle)
    for item in range(3):
        assert inbox.put(item, 1)
    await inbox.finished()
    assert handled == [f"{what} {item}" for item in range(3) for what in ("begin", "end")]
    assert inbox.put(3, 1)
    await inbox.finished()
    assert handled[-1] == "end 3"


async def test_a_full_inbox_takes_no_more_until_something_is_handled() -> None:
    go = asyncio.Semaphore(0)

    async def handle(_: int) -> None:
        await go.acquire()

    inbox = Inbox(handle)
    assert all(inbox.put(n, 1) for n in range(MOST_ITEMS))
    assert not inbox.put(0, 1)
    go.release()
    await asyncio.sleep(0.01)
    assert inbox.put(0, 1)
    inbox.close()
    for _ in range(2):
        go.release()
    await inbox.finished()
    assert inbox.next is None

    large = Inbox(handle)
    assert large.put(0, MOST_CHARS)
    assert not large.put(0, 1)
    large.close()
    go.release()
    await large.finished()
