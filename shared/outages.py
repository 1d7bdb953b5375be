"""What it looks like when one of the servers behind us is away: worth trying again, nobody's fault."""

from redis.exceptions import RedisError

from shared.db.database import UNAVAILABLE

SERVERS_AWAY = (*UNAVAILABLE, RedisError)
"""Postgres or Redis."""
