"""The routes of OpenBB's copilot protocol."""

from litestar import Router, get, post
from litestar.types import ASGIApp

from gateway.bridges.openbb.requests import Query, asked_in
from gateway.bridges.openbb.vocabulary import CopilotWords, agents, error_words
from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, bridge, json_answer
from gateway.bridges.port.question import read_body
from gateway.bridges.port.telling import streamed

PATH = "/bridges/openbb"


def openbb_routes(doors: Doors) -> Router:
    """`/bridges/openbb`, on these parts of the gateway."""

    @get("/agents.json")
    async def describe(request: BridgeRequest) -> ASGIApp:
        """The agent, as OpenBB lists it."""
        return json_answer(agents(f"{str(request.base_url).rstrip('/')}{PATH}/query"))

    @post("/query", status_code=200)
    async def query(request: BridgeRequest) -> ASGIApp:
        """Answer the last question."""
        headers = request.headers
        names, question = asked_in(
            read_body(await request.body(), Query),
            thread=headers.get("x-thread-id"),
            key=headers.get("idempotency-key"),
        )
        answer = await doors.answers.ask(asker_of(request), names.session, question)
        return streamed(answer, CopilotWords(names.turn))

    return bridge(doors, PATH, [describe, query], error_words)
