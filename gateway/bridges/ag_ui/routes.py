"""The route of AG-UI."""

from litestar import Router, post
from litestar.types import ASGIApp

from gateway.bridges.ag_ui.requests import RunInput, asked_in
from gateway.bridges.ag_ui.vocabulary import RunWords, error_words
from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, bridge
from gateway.bridges.port.question import read_body
from gateway.bridges.port.telling import streamed


def ag_ui_routes(doors: Doors) -> Router:
    """`/bridges/ag-ui`, on these parts of the gateway."""

    @post("/", status_code=200)
    async def run(request: BridgeRequest) -> ASGIApp:
        """Answer the last question."""
        body = read_body(await request.body(), RunInput)
        names, question = asked_in(body)
        answer = await doors.answers.ask(asker_of(request), names.session, question)
        return streamed(answer, RunWords(body, names.session, names.turn))

    return bridge(doors, "/bridges/ag-ui", [run], error_words)
