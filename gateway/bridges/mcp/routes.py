"""The route of MCP."""

from litestar import Router, post
from litestar.types import ASGIApp

from gateway.bridges.mcp.rpc import error_words
from gateway.bridges.mcp.server import McpServer
from gateway.bridges.port.bridge import BridgeRequest, Doors, bridge
from gateway.store.analyses import Analyses


def mcp_routes(doors: Doors, analyses: Analyses, version: str) -> Router:
    """`/mcp`, on these parts of the gateway. There is no stream of the server's own: GET is answered 405."""
    server = McpServer(doors, analyses, version)

    @post("/", status_code=200)
    async def serve(request: BridgeRequest) -> ASGIApp:
        """Answer one request; a notification is taken and changes nothing."""
        return await server.serve(request)

    return bridge(doors, "/mcp", [serve], error_words)
