"""The routes of Chat Completions."""

import time

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.types import ASGIApp

from gateway.bridges.openai.requests import MODEL, ChatRequest, names_in, question_in
from gateway.bridges.openai.vocabulary import ChunkWords, completion, error_words
from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, bridge, json_answer
from gateway.bridges.port.question import read_body
from gateway.bridges.port.raised import RefusalError
from gateway.bridges.port.refusals import of_frame
from gateway.bridges.port.telling import streamed
from gateway.store.analyses import Analyses
from shared.frames.turn_events import AiError


def openai_routes(doors: Doors, analyses: Analyses) -> Router:
    """`/v1`, on these parts of the gateway."""

    @post("/chat/completions", status_code=200)
    async def complete(request: BridgeRequest) -> ASGIApp:
        """Answer the last question of the user's."""
        body = read_body(await request.body(), ChatRequest)
        headers = request.headers
        names = names_in(body, thread=headers.get("x-thread-id"), key=headers.get("idempotency-key"))
        session, question = names.session, question_in(body, names)
        answer = await doors.answers.ask(asker_of(request), session, question)
        created = int(time.time())
        if body.stream:
            usage = body.stream_options is not None and body.stream_options.include_usage
            return streamed(answer, ChunkWords(session, answer.turn, body.model, created, usage=usage))
        try:
            ending = await answer.ending()
        finally:
            await answer.close()
        if isinstance(ending, AiError):
            raise RefusalError(of_frame(ending))
        return json_answer(completion(session, body.model, created, ending))

    @get("/models")
    async def list_models() -> ASGIApp:
        """One model, and the same with each company's page."""
        return json_answer({"object": "list", "data": [_model(name) for name in await model_names()]})

    @get("/models/{model:str}")
    async def get_model(model: str) -> ASGIApp:
        """One of them."""
        if model not in await model_names():
            raise NotFoundException("There is no such model.")
        return json_answer(_model(model))

    async def model_names() -> list[str]:
        return [MODEL, *(f"{MODEL}:{row.ticker}" for row in await analyses.overview())]

    return bridge(doors, "/v1", [complete, list_models, get_model], error_words)


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": MODEL}
