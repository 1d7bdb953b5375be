"""Counting what is too much: pure counters, and the message rate that all gateways share."""

from collections import Counter
from collections.abc import Hashable
from urllib.parse import quote

from redis.asyncio import Redis

MINUTE = 60.0

# KEYS bucket; ARGV capacity (questions per minute), how many to take (-1: put one back). Refills evenly; time is
# the server's own.
# Returns the milliseconds to wait, 0 when the question may pass.
TAKE = """
local capacity = tonumber(ARGV[1])
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(state[1]) or capacity
local rate = capacity / 60000
tokens = math.min(capacity, tokens + math.max(0, now - (tonumber(state[2]) or now)) * rate)
local wait = 0
local count = tonumber(ARGV[2])
if tokens >= count then tokens = math.min(capacity, tokens - count) else wait = math.ceil((count - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
redis.call('PEXPIRE', KEYS[1], 60000)
return wait
"""


class MessageRate:
    """A token bucket per user, in Redis: the same limit whichever gateway one is connected to."""

    def __init__(self, redis: Redis, *, per_minute: int) -> None:
        self._take = redis.register_script(TAKE)
        self._per_minute = per_minute

    async def wait_ms(self, user: str) -> int:
        """Count one question; 0 if it may pass, else how long to wait. Raises `redis.RedisError`."""
        return int(await self._take(keys=[_bucket(user)], args=[self._per_minute, 1]))

    async def give_back(self, user: str) -> None:
        """A question that counted was refused for no fault of the user's. Raises `redis.RedisError`."""
        await self._take(keys=[_bucket(user)], args=[self._per_minute, -1])


def _bucket(user: str) -> str:
    return f"limit:rate:{quote(user, safe='')}"


class RecentCount:
    """Pure. How many times something happened within the last `seconds`."""

    __slots__ = ("_limit", "_seconds", "_times")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._times: list[float] = []  # a deque would cost every idle socket 600 bytes

    def reached(self, now: float) -> bool:
        """Count one more at `now`; true when that makes `limit` of them in time."""
        self._times = [*self._times[1 - self._limit :], now] if self._limit > 1 else [now]
        return len(self._times) == self._limit and now - self._times[0] <= self._seconds


class Cap:
    """Pure. How many are held per name, up to a maximum each."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: Counter[Hashable] = Counter()

    def take(self, name: Hashable) -> bool:
        """Take one place; false, and nothing taken, when all are taken."""
        if self._held[name] >= self._most:
            return False
        self._held[name] += 1
        return True

    def give_back(self, name: Hashable) -> None:
        """Free one place."""
        self._held[name] -= 1
        if not self._held[name]:
            del self._held[name]
