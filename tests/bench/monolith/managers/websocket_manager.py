"""Story 1: who is connected, in one process."""

from fastapi import WebSocket


class ConnectionManager:
    """Sockets by session id."""

    def __init__(self) -> None:
        self.active_connections: dict[str, WebSocket] = {}

    async def connect(self, websocket: WebSocket, session_id: str) -> None:
        """Accept and remember."""
        await websocket.accept()
        self.active_connections[session_id] = websocket

    def disconnect(self, session_id: str) -> None:
        """Forget."""
        self.active_connections.pop(session_id, None)

    async def send_personal_message(self, message: dict[str, object], session_id: str) -> None:
        """Send one frame to the session's socket, if it is there."""
        websocket = self.active_connections.get(session_id)
        if websocket is not None:
            await websocket.send_json(message)
