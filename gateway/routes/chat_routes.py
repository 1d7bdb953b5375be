"""`WS /ws/chat/{session_id}`: accept, run one session, close."""

import re
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import structlog
from litestar import WebSocket, websocket
from litestar.datastructures import State
from litestar.handlers import WebsocketRouteHandler

from gateway.session.admission import Admission
from gateway.session.chat_session import ChatSession
from gateway.session.services import Handshake, Services
from gateway.wire.close_codes import CLOSE_NOW, Close

SESSION_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

log = structlog.get_logger(__name__)


def chat_route(admission: Admission, services: Services) -> WebsocketRouteHandler:
    """The route, on these parts of the gateway."""

    @websocket("/ws/chat/{session_id:str}")
    async def chat(socket: WebSocket[Any, Any, State], session_id: str) -> None:
        if not SESSION_ID.fullmatch(session_id) or not admission.allows(socket.headers.getall("origin", [])):
            await socket.close()  # before accept, this is an HTTP 403
            return
        await socket.accept()  # a close code reaches a browser only on an accepted socket
        try:
            with admission.place(socket.client.host if socket.client else "") as refusal:
                if refusal is None:
                    await _run(socket, UUID(session_id))
                else:
                    await socket.close(refusal.code, refusal.reason)
        except Exception:  # Litestar would put its text into the close reason
            log.exception("a socket failed")
            await socket.close(Close.INTERNAL.code, Close.INTERNAL.reason)

    async def _run(socket: WebSocket[Any, Any, State], session: UUID) -> None:
        query = dict(parse_qsl(socket.scope["query_string"].decode("latin-1"), keep_blank_values=True))
        extensions: dict[str, Any] = socket.scope.get("extensions") or {}
        handshake = Handshake(session, query.get("token"), query.get("context_ticker"))
        # The scope lives as long as the socket: let go of the headers, and of the token.
        socket.scope["headers"], socket.scope["query_string"] = [], b""
        life = ChatSession(
            services,
            handshake,
            receive=socket.receive,
            send=socket.send,  # type: ignore[arg-type]
            close_now=extensions[CLOSE_NOW]["call"] if CLOSE_NOW in extensions else None,
        )
        with admission.inside(life):
            await life.run()

    return chat
