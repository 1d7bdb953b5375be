"""What is kept of the whole market: read once for many, never for long, and anew after a failure."""

import asyncio

import pytest

from agent_worker.workflows.tools.fresh import KEPT_MOST, Fresh


class Source:
    """Counts the reads; each waits until it is let go."""

    def __init__(self) -> None:
        self.reads = 0
        self.let_go = asyncio.Event()
        self.error: Exception | None = None

    async def read(self, key: int) -> str:
        self.reads += 1
        number = self.reads
        await self.let_go.wait()
        if self.error:
            raise self.error
        return f"{key}, read {number}"


async def test_many_who_ask_at_once_wait_for_one_read() -> None:
    source = Source()
    fresh = Fresh(source.read)
    asking = [asyncio.create_task(fresh.get(1)) for _ in range(16)]
    await asyncio.sleep(0)
    source.let_go.set()
    assert set(await asyncio.gather(*asking)) == {"1, read 1"}
    assert await fresh.get(2) == "2, read 2"


async def test_it_is_read_anew_when_it_is_old_or_the_data_changed() -> None:
    source = Source()
    source.let_go.set()
    old = Fresh(source.read, seconds=-1.0)
    assert [await old.get(1), await old.get(1)] == ["1, read 1", "1, read 2"]
    kept = Fresh(source.read)
    assert [await kept.get(1), await kept.get(1)] == ["1, read 3"] * 2
    kept.forget()
    assert await kept.get(1) == "1, read 4"


async def test_a_failure_is_told_to_all_who_wait_and_not_kept() -> None:
    source = Source()
    source.error = ConnectionError("away")
    fresh = Fresh(source.read)
    asking = [asyncio.create_task(fresh.get(1)) for _ in range(3)]
    source.let_go.set()
    for each in asking:
        with pytest.raises(ConnectionError):
            await each
    source.error = None
    assert await fresh.get(1) == "1, read 2"


async def test_who_gives_up_stops_nobody_elses_read() -> None:
    source = Source()
    fresh = Fresh(source.read)
    hasty, patient = asyncio.create_task(fresh.get(1)), asyncio.create_task(fresh.get(1))
    await asyncio.sleep(0)
    hasty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hasty
    source.let_go.set()
    assert await patient == "1, read 1"


async def test_only_the_last_keys_are_kept() -> None:
    source = Source()
    source.let_go.set()
    fresh = Fresh(source.read)
    for key in range(KEPT_MOST + 1):
        await fresh.get(key)
    reads = source.reads
    await fresh.get(KEPT_MOST)
    assert source.reads == reads
    await fresh.get(0)
    assert source.reads == reads + 1
