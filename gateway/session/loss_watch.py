"""Notices that Redis lost its data while nothing was said: subscriptions outlive a FLUSHALL, so silence proves
nothing."""

import asyncio

import structlog
from redis.exceptions import RedisError

from gateway.managers.websocket_manager import ConnectionManager
from gateway.relay.ports import Relay

LOOK_SECONDS = 2.0

log = structlog.get_logger(__name__)


async def watch_for_loss(manager: ConnectionManager, relay: Relay) -> None:
    """Now and then look for a mark of our own; when it is gone, so is all else, and every socket catches up."""
    marked = False
    while True:
        try:
            remembered = await relay.remembers()
            if marked and not remembered:
                log.warning("redis lost its data; all catch up")
                manager.resync_all()
            marked = True
        except RedisError as error:
            log.debug("cannot look for a loss", error=type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)
