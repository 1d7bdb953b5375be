"""What a socket's life is given: the parts of the gateway, and what it was opened with."""

import asyncio
from typing import NamedTuple
from uuid import UUID

from gateway.managers.websocket_manager import ConnectionManager
from gateway.relay.ports import Relay
from gateway.security.identity import TokenVerifier
from gateway.security.limits import Cap
from gateway.session.commands import Commands
from gateway.session.metrics import Metrics
from gateway.store.conversations import Conversations


class Services(NamedTuple):
    """What a socket's life needs of the gateway; one for all sockets."""

    verifier: TokenVerifier
    manager: ConnectionManager
    relay: Relay
    conversations: Conversations
    commands: Commands
    message_rate: int
    user_cap: Cap
    catching_up: asyncio.Semaphore
    metrics: Metrics


class Handshake(NamedTuple):
    """What the socket was opened with."""

    session: UUID
    token: str | None
    context_ticker: str | None
