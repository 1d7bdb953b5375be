"""Follow a session's events as they stand in Redis (contract §3): first its log, then its live channel."""

import asyncio
import time
from typing import Any, NamedTuple
from urllib.parse import unquote
from uuid import UUID

import msgspec
from redis.asyncio import Redis
from redis.exceptions import ConnectionError, TimeoutError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from deploy.cli.clean import clean
from shared.redis_client import open_redis
from shared.redis_keys import SESSION_TTL, RedisKeys, SessionKeys

MOST_SCANS, SCAN_COUNT = 200, 1000
MOST_FOUND = 10_000
MOST_LISTED = 20
RETRY_AFTER = 1.0
NOBODY = UUID(int=0)

STYLES = {
    "user_echo": "bold blue",
    "ai_chunk": "",
    "ai_complete": "green",
    "ai_error": "red",
    "ai_reset": "yellow",
}


class Session(NamedTuple):
    """A session that Redis knows of."""

    user: str
    session: UUID
    idle: float
    """Seconds since its last event or connection."""
    events: int
    answering: bool


async def list_sessions(redis_url: str, console: Console) -> None:
    """Show the sessions that were active last."""
    async with open_redis(redis_url, name="tail") as redis:
        sessions = await find_sessions(redis, "*")
    if not sessions:
        console.print("No session has been active in the last seven days.")
        return
    table = Table(box=None, header_style="quiet", pad_edge=False)
    for title in ("session", "user", "last active", "events", ""):
        table.add_column(title, justify="right" if title == "events" else "left", no_wrap=title == "session")
    for session in sessions[:MOST_LISTED]:
        table.add_row(
            str(session.session),
            Text(clean(session.user)),
            _ago(session.idle),
            str(session.events),
            "answering" if session.answering else "",
        )
    console.print(table)
    console.print(f"\nFollow one: make tail SESSION={sessions[0].session}", style="quiet")


async def find_sessions(redis: Redis, name: str) -> list[Session]:
    """Sessions whose `<user>:<session>` matches the glob `name`. A bounded look, for there may be very many."""
    prefix = RedisKeys().of_session("", NOBODY).session.removesuffix(f":{NOBODY}")
    keys: list[str] = []
    cursor = 0
    for _ in range(MOST_SCANS):
        reply: Any = await redis.scan(cursor, match=f"{prefix}{name}", count=SCAN_COUNT)
        cursor, page = reply
        keys += [key.decode() for key in page]
        if cursor == 0 or len(keys) >= MOST_FOUND:
            break
    async with redis.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.pttl(key)
            pipeline.hmget(key, ["seq", "turn"])
        replies: list[Any] = await pipeline.execute()
    found = []
    for key, ttl, (seq, turn) in zip(keys, replies[::2], replies[1::2], strict=True):
        user, _, session = key.removeprefix(prefix).rpartition(":")
        idle = max(0.0, SESSION_TTL - ttl / 1000)
        found.append(Session(unquote(user), UUID(session), idle, int(seq or 0), turn is not None))
    return sorted(found, key=lambda session: session.idle)


async def follow(redis_url: str, session: UUID, user: str, console: Console) -> None:
    """Print the session's events until cancelled. `user` counts only if Redis does not say whose session it is."""
    async with open_redis(redis_url, name="tail") as redis:
        owners = await find_sessions(redis, f"*:{session}")
        if owners and user not in [owner.user for owner in owners]:
            user = owners[0].user
        keys = RedisKeys().of_session(user, session)
        console.print(f"Session {session} of {clean(user)}. With redis-cli:", style="quiet")
        console.print(
            f"  XRANGE '{keys.events}' - +\n  SUBSCRIBE '{keys.live}'", style="quiet", soft_wrap=True
        )
        followed = Followed(console)
        while True:
            try:
                await _listen(redis, keys, followed)
            except (ConnectionError, TimeoutError):
                console.print("Redis is away; trying again.", style="yellow")
                await asyncio.sleep(RETRY_AFTER)


async def _listen(redis: Redis, keys: SessionKeys, followed: "Followed") -> None:
    """Live events, and after each confirmation of the subscription (there is one per connection) those missed."""
    async with redis.pubsub() as channel:
        await channel.subscribe(keys.live)
        while True:
            message = await channel.get_message(timeout=None)
            if message is None:
                continue
            if message["type"] == "subscribe":
                await _read_log(redis, keys, followed)
            elif message["type"] == "message":
                epoch, seq, frame = message["data"].split(b" ", 2)
                followed.take(epoch.decode(), int(seq), frame, time.time())


async def _read_log(redis: Redis, keys: SessionKeys, followed: "Followed") -> None:
    entries: Any = await redis.xrange(keys.events)
    for id_, fields in entries:
        seq = int(id_.partition(b"-")[0])
        followed.take(fields[b"epoch"].decode(), seq, fields[b"frame"], None)


class Followed:
    """Prints each event once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._epoch = ""
        self._seq = 0

    def take(self, epoch: str, seq: int, frame: bytes, at: float | None) -> None:
        """Print an event that came live at the Unix time `at`, or (None) stands in the log, which has no times."""
        if epoch != self._epoch:
            if self._epoch:
                self._console.print(
                    "A new epoch: Redis lost the session, its numbers begin again.", style="yellow"
                )
            self._epoch, self._seq = epoch, 0
        if seq <= self._seq:
            return
        if self._seq and seq > self._seq + 1:
            self._console.print(f"{seq - self._seq - 1} events are no longer in the log.", style="yellow")
        self._seq = seq
        kind, turn, text = describe(frame)
        row = Text.assemble(
            (f"{clock(at):12}  ", "quiet"),
            f"{seq:>5}  ",
            (f"{kind:11}  ", STYLES.get(kind, "")),
            (f"{turn:8}  ", "quiet"),
            text,
        )
        self._console.print(row, soft_wrap=True)


def describe(frame: bytes) -> tuple[str, str, str]:
    """Type, turn and what else there is to say of an event. Nothing in it can command the terminal."""
    fields: dict[str, Any] = msgspec.json.decode(frame)
    kind, turn = str(fields.pop("type", "?")), str(fields.pop("turn_id", ""))[:8]
    fields.pop("seq", None)
    if "full_message" in fields:
        fields["full_message"] = f"{len(fields['full_message'])} characters"
    said = [msgspec.json.encode(fields.pop("content")).decode()] if "content" in fields else []
    rest = [f"{name}={_value(value)}" for name, value in fields.items() if value is not None]
    return clean(kind), clean(turn), clean("  ".join([*said, *rest]))


def clock(at: float | None) -> str:
    """ "14:02:11.123", local time."""
    if at is None:
        return "(log)"
    return f"{time.strftime('%H:%M:%S', time.localtime(at))}.{int(at * 1000) % 1000:03}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={_value(part)}" for name, part in value.items()) + "}"
    return str(value)


def _ago(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit} ago"
    return "just now"
