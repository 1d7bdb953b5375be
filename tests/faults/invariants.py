"""What must be true after every case, whatever was done: one checker for all of them."""

import asyncio
import itertools
from uuid import UUID

import msgspec
import redis.asyncio as redis

from shared.redis_keys import AGENTS_GROUP, RedisKeys
from tests.faults.world import LEASE, World
from tests.support.event_log import entries

SETTLE_SECONDS = 8 + 3 * LEASE
"""How long what is left over may take to go: a dead worker's deliveries are taken over after two leases."""

ROWS = """
    select t.turn_id, t.status, t.ord, t.attempt, t.user_id, t.session_id,
           array_agg(m.role order by m.id) filter (where m.id is not null) as roles,
           array_agg(m.id order by m.id) filter (where m.id is not null) as ids,
           max(m.content) filter (where m.role = 'assistant') as answer
      from chat_turns t left join chat_messages m using (user_id, session_id, turn_id)
     group by t.user_id, t.session_id, t.turn_id order by t.user_id, t.session_id, t.ord
"""


async def violations(world: World) -> list[str]:
    """Everything that is not as it must be, in words. Closes the tabs."""
    found = [wrong for tab in world.tabs for wrong in tab.screen.wrong]
    found += await _stored(world)
    found += await _shown(world)
    client = redis.from_url(world.stack.redis_url)
    try:
        found += await _told(client)
        found += await _eventually(lambda: _left_on_the_stream(client))
        for tab in world.tabs:
            await tab.leave()
        found += await _eventually(lambda: _left_subscribed(client))
    finally:
        await client.aclose()
    return found


async def _stored(world: World) -> list[str]:
    """Per turn exactly one question and one answer (none if it failed), in order; nothing unfinished."""
    found = []
    last: tuple[object, int] = (None, 0)
    for row in await world.rows(ROWS):
        expected = {"complete": ["user", "assistant"], "failed": ["user"]}.get(row["status"])
        if expected is None:
            found.append(f"turn {row['turn_id']} is still {row['status']}")
        elif row["roles"] != expected:
            found.append(f"turn {row['turn_id']} ({row['status']}) has rows {row['roles']}")
        session = (row["user_id"], row["session_id"])
        ids = row["ids"] or []
        if not row["attempt"]:  # cancelled while it waited: stored at once, before the one that ran
            continue
        if session == last[0] and ids and ids[0] < last[1]:
            found.append(f"the messages of turn {row['turn_id']} are not in the order of acceptance")
        last = (session, max([*ids, last[1] if session == last[0] else 0]))
    return found


async def _shown(world: World) -> list[str]:
    """What every tab shows is what is stored."""
    rows = {str(row["turn_id"]): row for row in await world.rows(ROWS)}
    found = []
    for tab in world.tabs:
        for turn_id, shown in tab.turns.items():
            row = rows.get(turn_id)
            if row is None:
                if shown.acks or shown.text:
                    found.append(f"turn {turn_id} was acknowledged and is not stored")
            elif shown.ending is not None and row["status"] == "complete":
                if not shown.ending.get("full_message") == shown.text == row["answer"]:
                    found.append(f"shown {shown.text!r:.80}, stored {row['answer']!r:.80}")
            elif shown.ending is not None and row["status"] != "failed":
                found.append(f"turn {turn_id} is over on the screen and {row['status']} in Postgres")
    return found


async def _told(client: redis.Redis) -> list[str]:
    """Every event log counts without a gap, in one epoch, and ends no turn twice in different words."""
    found = []
    async for key in client.scan_iter(
        RedisKeys().of_session("*", UUID(int=0)).events.replace(str(UUID(int=0)), "*")
    ):
        log = await entries(client, key.decode())
        frames = [msgspec.json.decode(fields[b"frame"]) for _, fields in log]
        epochs = {fields[b"epoch"] for _, fields in log}
        if len(epochs) > 1:
            found.append(f"{key.decode()} holds {len(epochs)} epochs")
        for one, other in itertools.pairwise(frames):
            if other["seq"] != one["seq"] + 1:
                found.append(f"{key.decode()} goes from {one['seq']} to {other['seq']}")
    return found


async def _left_on_the_stream(client: redis.Redis) -> list[str]:
    requests = RedisKeys().requests
    if not await client.exists(requests):
        return []
    left = await client.xlen(requests)
    groups = await client.xinfo_groups(requests)
    pending = sum(group["pending"] for group in groups if group["name"] == AGENTS_GROUP.encode())
    return [f"{left} entries on the request stream, {pending} pending"] if left or pending else []


async def _left_subscribed(client: redis.Redis) -> list[str]:
    channels = await client.pubsub_channels("*:live:*")
    return [f"{len(channels)} session channels are still subscribed"] if channels else []


async def _eventually(look) -> list[str]:  # type: ignore[no-untyped-def]
    """What is still wrong after `SETTLE_SECONDS`."""
    deadline = asyncio.get_running_loop().time() + SETTLE_SECONDS
    while (found := await look()) and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.2)
    return list(found)
