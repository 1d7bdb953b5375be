"""OpenBB's copilot protocol, read by the models and the test parser of `openbb-ai`."""

from typing import Any

import httpx
import msgspec
import pytest
from openbb_ai.models import (
    BaseSSE,
    CitationCollectionSSE,
    LlmClientMessage,
    MessageArtifactSSE,
    MessageChunkSSE,
    QueryRequest,
    RoleEnum,
    StatusUpdateSSE,
    Widget,
    WidgetCollection,
    WidgetParam,
)
from openbb_ai.testing import CopilotResponse

from shared.frames.turn_events import AiComplete, AiError
from tests.bridges.golden_player import PLAYED, Question, play
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

MODELS: dict[str, type[BaseSSE]] = {
    "copilotMessageChunk": MessageChunkSSE,
    "copilotStatusUpdate": StatusUpdateSSE,
    "copilotMessageArtifact": MessageArtifactSSE,
    "copilotCitationCollection": CitationCollectionSSE,
}


def query_of(question: Question) -> dict[str, Any]:
    params = [WidgetParam(name="symbol", type="ticker", description="Whose", current_value=question.ticker)]
    widget = Widget(origin="Host", widget_id="price", name="Price", description="A price", params=params)
    request = QueryRequest(
        messages=[
            LlmClientMessage(role=RoleEnum.human, content="LIE"),
            LlmClientMessage(role=RoleEnum.ai, content="LIE"),
            LlmClientMessage(role=RoleEnum.human, content=question.content),
        ],
        widgets=WidgetCollection(primary=[widget] if question.ticker else []),
    )
    body: dict[str, Any] = request.model_dump(mode="json")
    return body


async def post(stack: Stack, user: str, question: Question) -> httpx.Response:
    headers = {
        "Authorization": f"Bearer {token(user)}",
        "X-Thread-Id": question.thread,
        "Idempotency-Key": question.message,
    }
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=30) as http:
        return await http.post("/bridges/openbb/query", json=query_of(question))


def events_in(text: str) -> list[Any]:
    """The events as OpenBB's own models."""
    events = []
    for part in filter(None, text.split("\n\n")):
        if not part.startswith(":"):
            name, data = part.split("\n", 1)
            kind = name.removeprefix("event: ")
            fields = {"event": kind, "data": msgspec.json.decode(data.removeprefix("data: "))}
            events.append(MODELS[kind].model_validate(fields))
    return events


@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_is_read_byte_for_byte(played_stack: Stack, user: str, name: str) -> None:
    async def ask(question: Question) -> str:
        answer = await post(played_stack, user, question)
        assert answer.status_code == 200
        return answer.text

    for played, heard in await play(played_stack, user, name, ask):
        events = events_in(heard)
        text = "".join(event.data.delta for event in events if isinstance(event, MessageChunkSSE))
        statuses = [event.data for event in events if isinstance(event, StatusUpdateSSE)]
        if isinstance(played.ending, AiError) or played.taken_back:
            code = played.ending.code if isinstance(played.ending, AiError) else "restarted"
            assert (statuses[-1].eventType, code in statuses[-1].message) == ("ERROR", True)
            continue
        assert isinstance(played.ending, AiComplete)
        assert text == CopilotResponse(heard).text == played.ending.full_message
        tables = [event.data for event in events if isinstance(event, MessageArtifactSSE)]
        assert len(tables) == sum(lookup.result is not None for lookup in played.ending.lookups)
        cited = [
            c for event in events if isinstance(event, CitationCollectionSSE) for c in event.data.citations
        ]
        proven = {
            (source.ticker, source.revision)
            for figure in played.ending.figures
            if figure.state == "verified"
            for source in (figure.source, *figure.operands)
            if source
        }
        assert {
            (c.source_info.metadata["ticker"], c.source_info.metadata["revision"]) for c in cited
        } == proven


async def test_the_agent_is_described(played_stack: Stack, user: str) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=played_stack.url, headers=headers) as http:
        (agent,) = (await http.get("/bridges/openbb/agents.json")).json().values()
    assert agent["endpoints"]["query"] == f"{played_stack.url}/bridges/openbb/query"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"messages": []}, 400, "invalid"),
        ({"messages": [{"role": "tool", "function": "get_widget_data", "data": []}]}, 400, "invalid"),
        ({"messages": [{"role": "human", "content": {"function": "f"}}]}, 400, "invalid"),
        ([], 400, "invalid"),
    ],
)
async def test_what_is_no_question_is_refused(
    played_stack: Stack, user: str, body: object, status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=played_stack.url, headers=headers) as http:
        answer = await http.post("/bridges/openbb/query", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


async def test_a_retried_query_is_the_same_turn(stack: Stack, user: str) -> None:
    question = Question("thread", "key", f"Why, {user}?", "KO")
    texts = [CopilotResponse((await post(stack, user, question)).text).text for _ in range(2)]
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert texts == [row["content"]] * 2
    assert stack.gemini.calls(user) == 1
    unknown = await post(stack, user, question._replace(message="other", ticker="NOPE"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_ticker")
