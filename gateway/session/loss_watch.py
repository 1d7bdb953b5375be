"""Notices that Redis lost its data while nothing was said: subscriptions outlive a FLUSHALL, so silence proves
nothing."""

import asyncio
import random

import structlog
from redis.exceptions import RedisError

from gateway.managers.websocket_manager import ConnectionManager
from gateway.relay.ports import Relay

LOOK_SECONDS = 2.0

log = structlog.get_logger(__name__)


async def watch_for_loss(manager: ConnectionManager, relay: Relay) -> None:
    """Now and then compare one session's epoch with Redis; what lost one has lost all, and all catch up."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if not manager.active_connections:
            continue
        session = random.choice(list(manager.active_connections))
        try:
            lost = await relay.epoch(session) is None
        except RedisError as error:
            log.debug("cannot look for a loss", error=type(error).__name__)
            continue
        if lost and session in manager.active_connections:
            log.warning("redis does not know a connected session; all catch up")
            manager.resync_all()
