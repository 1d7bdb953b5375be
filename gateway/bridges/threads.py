"""What no protocol has a word for: stopping the answer of a thread, whichever bridge asked it."""

from litestar import Router, delete

from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, bridge
from gateway.bridges.port.names import session_of
from gateway.bridges.port.refusals import Refusal


def thread_routes(doors: Doors) -> Router:
    """`/bridges/threads`, on these parts of the gateway."""

    @delete("/{thread:str}/answer")
    async def stop(request: BridgeRequest, thread: str) -> None:
        """Stop the answer that is being written, else the one that waits; what was written is kept."""
        await doors.answers.cancel(asker_of(request), session_of(thread))

    return bridge(doors, "/bridges/threads", [stop], _words)


def _words(why: Refusal) -> dict[str, str]:
    return {"code": why.code, "message": why.message}
