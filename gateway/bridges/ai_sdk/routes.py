"""The routes of the UI message stream."""

from typing import Literal

import msgspec
from litestar import Router, delete, get, post
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp

from gateway.bridges.ai_sdk.vocabulary import HEADERS, UiMessageWords, error_words
from gateway.bridges.port.answers import Answer
from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, bridge
from gateway.bridges.port.names import Names, names_of, session_of
from gateway.bridges.port.question import Part, make_question, read_body, text_of_parts
from gateway.bridges.port.telling import streamed
from gateway.wire.client_frames import AnalysisId, UserMessage
from gateway.wire.close_codes import RefusedError


class UiMessage(msgspec.Struct, frozen=True):
    """One message of the client's. Only the last question's parts are read."""

    id: str
    role: str
    parts: msgspec.Raw = msgspec.Raw(b"[]")


class Page(msgspec.Struct, frozen=True):
    """The page, which the transport adds by its option `body`."""

    ticker: str | None = None
    analysis_id: AnalysisId | None = None


class ChatPost(msgspec.Struct, frozen=True):
    """The body of `DefaultChatTransport`. `messageId` names the answer that is to be made again."""

    id: str
    messages: list[UiMessage]
    trigger: Literal["submit-message", "regenerate-message"] = "submit-message"
    message_id: str | None = msgspec.field(default=None, name="messageId")
    context: Page | msgspec.UnsetType = msgspec.UNSET


def ai_sdk_routes(doors: Doors) -> Router:
    """`/bridges/ai-sdk`, on these parts of the gateway."""

    @post("/", status_code=200)
    async def send(request: BridgeRequest) -> ASGIApp:
        """Answer the last question."""
        names, question = _asked_in(read_body(await request.body(), ChatPost))
        return _told(await doors.answers.ask(asker_of(request), names.session, question))

    @get("/{thread:str}/stream")
    async def resume(request: BridgeRequest, thread: str) -> ASGIApp:
        """The answer that is being written, from its beginning; 204 if there is none."""
        answer = await doors.answers.running(asker_of(request), session_of(thread))
        return ASGIResponse(status_code=204) if answer is None else _told(answer)

    @delete("/{thread:str}/stream")
    async def stop(request: BridgeRequest, thread: str) -> None:
        """Stop the answer that is being written; what was written is kept."""
        await doors.answers.cancel(asker_of(request), session_of(thread))

    return bridge(doors, "/bridges/ai-sdk", [send, resume, stop], error_words)


def _told(answer: Answer) -> ASGIApp:
    return streamed(answer, UiMessageWords(answer.session, answer.turn), HEADERS)


def _asked_in(body: ChatPost) -> tuple[Names, UserMessage]:
    asked = [message for message in body.messages if message.role == "user"]
    if not asked:
        raise RefusedError("invalid", "There is no message of the user's.")
    # Each answer that is made again has its own id, and so has the turn that replaces it.
    again = body.trigger == "regenerate-message" and body.message_id
    names = names_of(body.id, f"{asked[-1].id}\n{body.message_id}" if again else asked[-1].id)
    content = text_of_parts(read_body(asked[-1].parts, list[Part]))
    if isinstance(body.context, msgspec.UnsetType):
        return names, make_question(content, names.turn, msgspec.UNSET)
    page = body.context
    return names, make_question(content, names.turn, page.ticker, analysis_id=page.analysis_id)
