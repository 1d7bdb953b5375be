"""Stories 2 and 4: the WebSocket endpoint and the streaming loop."""

from typing import Any

import asyncpg
import jwt
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from tests.bench.monolith.chat_messages import open_session, save
from tests.bench.monolith.managers.websocket_manager import ConnectionManager


def chat_router(pool: asyncpg.Pool, graph: Any, *, jwt_secret: str) -> APIRouter:
    """`WS /ws/chat/{session_id}?token=JWT&context_ticker=KO`."""
    router = APIRouter()
    manager = ConnectionManager()

    @router.websocket("/ws/chat/{session_id}")
    async def chat(
        websocket: WebSocket, session_id: str, token: str, context_ticker: str | None = None
    ) -> None:
        try:
            user = str(jwt.decode(token, jwt_secret, algorithms=["HS256"])["sub"])
        except jwt.InvalidTokenError:
            await websocket.close(code=1008)
            return
        await manager.connect(websocket, session_id)
        try:
            await open_session(pool, user, session_id)
            while True:
                message = await websocket.receive_json()
                if message.get("type") != "user_message" or not isinstance(message.get("content"), str):
                    await manager.send_personal_message({"type": "error", "code": "invalid"}, session_id)
                    continue
                await save(pool, user, session_id, "user", message["content"])
                answer = await stream(user, session_id, context_ticker)
                await manager.send_personal_message(
                    {"type": "ai_complete", "full_message": answer}, session_id
                )
                await save(pool, user, session_id, "assistant", answer)
        except WebSocketDisconnect:
            pass  # the reader went away: nothing to say to nobody
        finally:
            manager.disconnect(session_id)

    async def stream(user: str, session_id: str, context_ticker: str | None) -> str:
        """Send the answer to the session's last question piece by piece; returns the whole."""
        start: dict[str, object] = {
            "user": user,
            "session_id": session_id,
            "context_ticker": context_ticker,
            "messages": [],
        }
        pieces: list[str] = []
        async for event in graph.astream_events(start, version="v2"):
            if event["event"] == "on_chat_model_stream" and (text := event["data"]["chunk"].text):
                pieces.append(text)
                await manager.send_personal_message({"type": "ai_chunk", "content": text}, session_id)
        return "".join(pieces)

    return router
