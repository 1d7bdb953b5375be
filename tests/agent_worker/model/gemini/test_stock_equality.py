"""The fast read and the stock client, on the same requests and the same streams."""

from collections.abc import AsyncIterator, Iterable
from typing import Any, NamedTuple, NoReturn

import msgspec
import pytest
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
)
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from agent_worker.model.chunks import ToolCall
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.gemini.gemini_model import GeminiModel, open_gemini
from agent_worker.model.gemini.request import CONVERSATION_SHAPE, GeminiRequest
from agent_worker.model.gemini.stock import StockGemini
from tests.fakes.gemini_script import trailer
from tests.fakes.gemini_server import GeminiServer

# The stock client's own HTTP session warns, and forgets to await; the product never opens it.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Inheritance class AiohttpClientSession:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:coroutine 'ClientResponse.json' was never awaited:RuntimeWarning"),
]

QUESTION: list[BaseMessage] = [SystemMessage("You answer."), HumanMessage("Why?")]


class Outcome(NamedTuple):
    """All of an answer that either reader can emit."""

    text: str
    ending: str
    input_tokens: int
    output_tokens: int
    tool_calls: tuple[ToolCall, ...]


@pytest.fixture
async def gemini() -> AsyncIterator[GeminiServer]:
    async with GeminiServer() as server:
        yield server


@pytest.fixture
async def fast(gemini: GeminiServer) -> AsyncIterator[GeminiModel]:
    async with open_gemini(
        model="gemini-3.8-flash", api_key="k", base_url=gemini.url, first_token_timeout=5, idle_timeout=5
    ) as model:
        yield model


@pytest.fixture
async def stock(gemini: GeminiServer) -> AsyncIterator[ChatGoogleGenerativeAI]:
    model = ChatGoogleGenerativeAI(
        model="gemini-3.8-flash", google_api_key=SecretStr("k"), base_url=gemini.url, max_retries=1
    )
    yield model
    await model.aclose()


async def read_fast(model: GeminiModel) -> Outcome:
    text = ""
    tool_calls: tuple[ToolCall, ...] = ()
    async for chunk in model.stream(QUESTION):
        text += chunk.text
        tool_calls += chunk.tool_calls
    return Outcome(text, chunk.said, chunk.input_tokens, chunk.output_tokens, given_ids(tool_calls))


async def read_stock(model: ChatGoogleGenerativeAI) -> Outcome:
    whole: AIMessageChunk | None = None
    async for piece in model.astream(QUESTION):
        whole = piece if whole is None else whole + piece
    assert whole is not None
    usage = whole.usage_metadata
    feedback = whole.response_metadata.get("prompt_feedback") or {}
    return Outcome(
        str(whole.text),
        feedback["block_reason"].value if feedback else whole.response_metadata["finish_reason"],
        usage["input_tokens"] if usage else 0,
        usage["output_tokens"] if usage else 0,
        given_ids(
            ToolCall(call["id"] or "", call["name"] or "", call["args"] or "")
            for call in whole.tool_call_chunks
        ),
    )


def given_ids(calls: Iterable[ToolCall]) -> tuple[ToolCall, ...]:
    """Calls with the ids that Gemini gave; both readers make up the others."""
    return tuple(call if call.id.startswith("call-") else call._replace(id="made up") for call in calls)


def chunk(*parts: dict[str, object], answer_tokens: int, **candidate: object) -> str:
    content = {"parts": list(parts), "role": "model"}
    fields = {"candidates": [{"content": content, "index": 0, **candidate}]}
    return msgspec.json.encode({**fields, **trailer("gemini-3.8-flash", 40, answer_tokens)}).decode()


def text(words: str) -> dict[str, object]:
    return {"text": words}


def call(id: str, ticker: str, *, sign: bool = False) -> dict[str, object]:
    part: dict[str, object] = {"functionCall": {"id": id, "name": "find", "args": {"ticker": ticker}}}
    return {**part, "thoughtSignature": "c2lnbmF0dXJl"} if sign else part


RATINGS = [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "HIGH", "blocked": True}]
CALL: dict[str, object] = {"functionCall": {"name": "find", "args": {"ticker": "KO", "n": 3.0}}}
THOUGHT: dict[str, object] = {"text": "**Weighing** it", "thought": True}
ARGUMENTS = {"s": '€ "q" \n', "n": 3.0, "f": 0.03, "l": [1, 2.0, {"d": {}}], "b": True, "none": None, "e": ""}
SIGNED: dict[str, object] = {"text": "", "thoughtSignature": "c2lnbmF0dXJl"}

STREAMS = {
    "text": [
        chunk(text("The "), answer_tokens=1),
        chunk(text("yield €."), answer_tokens=4, finishReason="STOP"),
    ],
    "several parts": [chunk(text("a"), text("b\n"), text("c"), answer_tokens=3, finishReason="STOP")],
    "no text at the end": [chunk(text("a"), answer_tokens=1), chunk(answer_tokens=2, finishReason="STOP")],
    "signature at the end": [
        chunk(text("a"), answer_tokens=1),
        chunk(SIGNED, answer_tokens=2, finishReason="STOP"),
    ],
    "thinking": [chunk(THOUGHT, answer_tokens=1), chunk(text("So."), answer_tokens=2, finishReason="STOP")],
    "cut by length": [chunk(text("The"), answer_tokens=1, finishReason="MAX_TOKENS")],
    "unsafe": [
        chunk(text("I "), answer_tokens=1),
        chunk(answer_tokens=1, finishReason="SAFETY", safetyRatings=RATINGS),
    ],
    "recitation": [chunk(text("I"), answer_tokens=1), chunk(answer_tokens=1, finishReason="RECITATION")],
    "function call": [
        chunk(text("Wait."), answer_tokens=1),
        chunk(CALL, answer_tokens=9, finishReason="STOP"),
    ],
    "function call with a signature": [
        chunk({**CALL, "thoughtSignature": "c2ln"}, answer_tokens=9, finishReason="STOP")
    ],
    "two function calls": [chunk(CALL, CALL, answer_tokens=9, finishReason="STOP")],
    "parallel calls": [
        chunk(call("call-1", "KO", sign=True), call("call-2", "PEP"), answer_tokens=9, finishReason="STOP")
    ],
    "parallel calls in several chunks": [
        chunk(call("call-1", "KO", sign=True), answer_tokens=5),
        chunk(call("call-2", "PEP"), answer_tokens=9),
        chunk(text(""), answer_tokens=9, finishReason="STOP"),
    ],
    "calls that each have a signature": [
        chunk(call("call-1", "KO", sign=True), answer_tokens=5),
        chunk(call("call-2", "PEP", sign=True), answer_tokens=9, finishReason="STOP"),
    ],
    "a call and its ending apart": [
        chunk(call("call-1", "KO", sign=True), answer_tokens=5),
        chunk(answer_tokens=5, finishReason="STOP"),
    ],
    "a call followed by text": [
        chunk(call("call-1", "KO", sign=True), text("Looking "), answer_tokens=5),
        chunk(text("it up."), answer_tokens=9, finishReason="STOP"),
    ],
    "text and thinking before a call": [
        chunk(THOUGHT, answer_tokens=1),
        chunk(text("Let me look."), answer_tokens=4),
        chunk(call("call-1", "KO", sign=True), answer_tokens=9, finishReason="STOP"),
    ],
    "a signature on a text": [
        chunk({"text": "The yield", "thoughtSignature": "c2ln"}, answer_tokens=2),
        chunk(text(" is 3 %."), answer_tokens=4, finishReason="STOP"),
    ],
    "a part that is a signature only": [
        chunk(text("a"), answer_tokens=1),
        chunk({"thoughtSignature": "c2ln"}, answer_tokens=2, finishReason="STOP"),
    ],
    "a signed thought": [
        chunk({**THOUGHT, "thoughtSignature": "c2ln"}, answer_tokens=1),
        chunk(text("So."), answer_tokens=2, finishReason="STOP"),
    ],
    "a call without arguments": [
        chunk({"functionCall": {"id": "call-1", "name": "now"}}, answer_tokens=2, finishReason="STOP")
    ],
    "arguments of every kind": [
        chunk(
            {"functionCall": {"id": "call-1", "name": "f", "args": ARGUMENTS}},
            answer_tokens=2,
            finishReason="STOP",
        )
    ],
    "a malformed call": [chunk(answer_tokens=1, finishReason="MALFORMED_FUNCTION_CALL")],
    "a call cut by length": [chunk(call("call-1", "KO"), answer_tokens=1, finishReason="MAX_TOKENS")],
    "grounding": [
        chunk(text("a"), answer_tokens=1, groundingMetadata={"webSearchQueries": ["KO"]}),
        chunk(text("b"), answer_tokens=2, finishReason="STOP"),
    ],
    "finish message": [
        chunk(text("a"), answer_tokens=1, finishReason="OTHER", finishMessage="because", avgLogprobs=-0.1)
    ],
    "blocked prompt": [
        msgspec.json.encode(
            {"promptFeedback": {"blockReason": "SAFETY", "safetyRatings": RATINGS}, **trailer("m", 40, 0)}
        ).decode()
    ],
    "usage in parts": [
        '{"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"}}],"usageMetadata":{"promptTokenCount":9,'
        '"totalTokenCount":9}}',
        '{"candidates":[{"content":{"parts":[{"text":"b"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":'
        '{"promptTokenCount":9,"candidatesTokenCount":5,"thoughtsTokenCount":20,"toolUsePromptTokenCount":3,'
        '"cachedContentTokenCount":4,"totalTokenCount":37}}',
    ],
    "no usage": [
        '{"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"},"finishReason":"STOP"}]}'
    ],
}


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("delay", [0, 0.01], ids=["at once", "one by one"])
async def test_both_read_the_same(
    name: str, delay: float, gemini: GeminiServer, fast: GeminiModel, stock: ChatGoogleGenerativeAI
) -> None:
    gemini.script(raw=STREAMS[name], delay=delay)
    assert await read_fast(fast) == await read_stock(stock)


@pytest.mark.parametrize("name", sorted(set(STREAMS) - {"grounding"}))
async def test_what_models_say_daily_needs_no_slow_read(
    name: str, gemini: GeminiServer, fast: GeminiModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(self: StockGemini, event: bytes) -> NoReturn:
        pytest.fail(f"left to the stock client: {event!r}")

    monkeypatch.setattr(StockGemini, "read", slow)
    gemini.script(raw=STREAMS[name])
    await read_fast(fast)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
async def test_both_fail_on_the_same_statuses(
    status: int, gemini: GeminiServer, fast: GeminiModel, stock: ChatGoogleGenerativeAI
) -> None:
    gemini.script(fail=status, retry_after=60)
    with pytest.raises(ModelError):
        await read_fast(fast)
    with pytest.raises(Exception, match=str(status)):
        await read_stock(stock)


async def test_both_fail_on_an_error_in_the_stream(
    gemini: GeminiServer, fast: GeminiModel, stock: ChatGoogleGenerativeAI
) -> None:
    error = '{"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}'
    gemini.script(raw=[chunk(text("a"), answer_tokens=1), error], delay=0.01)
    with pytest.raises(AnswerCutError, match="503"):
        await read_fast(fast)
    with pytest.raises(Exception, match="503"):
        await read_stock(stock)


CONVERSATIONS: list[list[BaseMessage]] = [
    QUESTION,
    [HumanMessage('Without a system text, "quoted", €, 😀, \\ and\nlines')],
    [
        SystemMessage("s"),
        *(m for n in range(9) for m in (HumanMessage(f"q{n}"), AIMessage(f"a{n}"))),
        HumanMessage("z"),
    ],
]


@pytest.mark.parametrize("messages", CONVERSATIONS)
async def test_the_filled_request_is_the_stock_clients(messages: list[BaseMessage]) -> None:
    stock = StockGemini(model="gemini-3.8-flash", api_key="k", base_url="http://127.0.0.1:1")
    request = GeminiRequest.like(await stock.request(CONVERSATION_SHAPE), "gemini-3.8-flash")
    built = await stock.request(messages)
    assert msgspec.json.decode(request.body(messages)) == msgspec.json.decode(built.content)
    assert request.url == str(built.url)
    assert request.headers["x-goog-api-key"] == "k"
    assert request.headers.items() - {("accept-encoding", "identity")} <= dict(built.headers).items()
    await stock.aclose()


TOOLS: list[dict[str, Any]] = [
    {
        "name": "screen",
        "description": "Find companies.",
        "parameters": {
            "type": "object",
            "properties": {
                "filters": {"type": "array", "items": {"type": "string"}},
                "op": {"type": "string", "enum": [">", "<"]},
                "value": {"type": "number"},
            },
            "required": ["filters"],
        },
    },
    {"name": "now", "description": "The time.", "parameters": {"type": "object", "properties": {}}},
]


async def test_tools_are_declared_as_the_stock_client_declares_them() -> None:
    model = "gemini-3.8-flash"
    stock = StockGemini(model=model, api_key="k", base_url=None)
    request = GeminiRequest.like(await stock.request(CONVERSATION_SHAPE, TOOLS), model)
    body = msgspec.json.decode(request.body(QUESTION))
    declared = {tool["name"]: tool for tool in body["tools"][0]["functionDeclarations"]}
    assert set(declared) == {"screen", "now"}
    assert declared["screen"]["parameters"]["required"] == ["filters"]
    assert declared["screen"]["parameters"]["properties"]["op"]["enum"] == [">", "<"]
    assert body["contents"] == [{"parts": [{"text": "Why?"}], "role": "user"}]
    await stock.aclose()


@pytest.mark.parametrize(
    ("model", "thinking"),
    [
        ("gemini-3.8-flash", True),
        ("models/gemini-4-flash", True),
        ("gemini-2.5-flash", False),
        ("gemma-9", False),
    ],
)
async def test_only_models_that_know_it_are_told_how_hard_to_think(model: str, thinking: bool) -> None:
    stock = StockGemini(model=model, api_key="k", base_url=None)
    config = msgspec.json.decode((await stock.request(QUESTION)).content)["generationConfig"]
    assert ("thinkingConfig" in config) == thinking
    await stock.aclose()
