"""Whether the servers behind a service answer, and are as it needs them."""

from collections.abc import Mapping

from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.db.database import UNAVAILABLE
from shared.db.fitness import Fitness


class Readiness:
    """Asks Redis and Postgres; what else makes a service ready, it adds itself."""

    def __init__(self, redis: Redis, fitness: Fitness) -> None:
        self._redis = redis
        self._fitness = fitness

    async def ask(self) -> Mapping[str, bool]:
        """`redis`, `postgres` (they answer) and `schema` (tables and rights are those of this version)."""
        redis = await self._redis_answers()
        try:
            return {"redis": redis, "postgres": True, "schema": await self._fitness.ask()}
        except UNAVAILABLE:
            return {"redis": redis, "postgres": False, "schema": False}

    async def _redis_answers(self) -> bool:
        try:
            await self._redis.ping()
        except RedisError:
            return False
        return True
