"""Past conversations and token usage over HTTP (contract §5)."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, delete, get
from litestar.datastructures import CacheControlHeader, State
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter
from redis.exceptions import RedisError

from gateway.relay.ports import Relay
from gateway.routes.errors import DESCRIBED
from gateway.security.identity import Identity
from gateway.store.conversations import Conversations
from gateway.store.past_conversations import Histories, SessionRow, Usage
from gateway.wire.server_frames import Message
from gateway.wire.session_id import SessionKey
from shared.frames.turn_events import AiError

PRIVATE = CacheControlHeader(private=True, no_store=True)
"""What was said is not kept by a browser, nor by anything on the way."""
DELETED = "This conversation was deleted."

log = structlog.get_logger(__name__)

UserRequest = Request[Identity, Any, State]
Before = Annotated[int | None, Parameter(ge=1, le=2**63 - 1, description="Only messages with smaller ids.")]
Limit = Annotated[int, Parameter(ge=1, le=200)]


class MessagePage(msgspec.Struct, frozen=True):
    """Messages, oldest first, and whether there are older ones."""

    messages: list[Message]
    has_more: bool


def history_routes(
    conversations: Conversations, histories: Histories, relay: Relay
) -> list[HTTPRouteHandler]:
    """The routes, on these reads."""

    @get("/sessions", tags=["conversations"], responses=DESCRIBED, cache_control=PRIVATE)
    async def list_sessions(request: UserRequest) -> list[SessionRow]:
        """The user's conversations in which something was said, the latest first."""
        return await histories.sessions(request.user.user)

    @get(
        "/sessions/{session_id:uuid}/messages",
        tags=["conversations"],
        responses=DESCRIBED,
        cache_control=PRIVATE,
    )
    async def list_messages(
        request: UserRequest, session_id: UUID, before: Before = None, limit: Limit = 50
    ) -> MessagePage:
        """A page of a conversation; empty for one that is not the user's."""
        session = SessionKey(request.user.user, session_id)
        return MessagePage(*await conversations.history(session, before=before, limit=limit))

    @delete("/sessions/{session_id:uuid}", tags=["conversations"], responses=DESCRIBED)
    async def delete_session(request: UserRequest, session_id: UUID) -> None:
        """Delete a conversation with all that was said; what is being answered in it ends with an error."""
        session = SessionKey(request.user.user, session_id)
        unfinished = await histories.delete(session)
        if unfinished is None:
            raise NotFoundException("There is no such conversation.")
        try:
            for turn in unfinished:
                await relay.announce(session, AiError(turn, "failed", DELETED, retryable=False))
            await relay.forget(session)
        except RedisError as error:
            log.warning("deleted, but its log lives on until it expires", error=type(error).__name__)

    @get("/usage", tags=["conversations"], responses=DESCRIBED, cache_control=PRIVATE)
    async def get_usage(request: UserRequest) -> Usage:
        """Tokens used today and the budget of a day."""
        return await histories.usage(request.user.user)

    return [list_sessions, list_messages, delete_session, get_usage]
