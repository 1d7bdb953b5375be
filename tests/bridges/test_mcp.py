"""MCP, asked by the official client: at the stateless version, and by the handshake of the versions before."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from shared.frames.turn_events import AiComplete, AiError
from tests.bridges.golden_player import PLAYED, Question, play
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

MODES = ("auto", "legacy")


@asynccontextmanager
async def client_of(stack: Stack, user: str, mode: str, *, gateway: int = 0) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(stack.gateways[gateway].url + "/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


@pytest.mark.parametrize("mode", MODES)
async def test_what_there_is(played_stack: Stack, user: str, mode: str) -> None:
    async with client_of(played_stack, user, mode) as client:
        assert client.session.protocol_version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[mode]
        (tool,) = (await client.list_tools()).tools
        assert tool.name == "ask"
        assert tool.output_schema is not None
        listed = (await client.list_resources()).resources
        assert [str(resource.uri) for resource in listed] == ["analysis://KO", "analysis://MSFT"]
        (template,) = (await client.list_resource_templates()).resource_templates
        assert template.uri_template == "analysis://{ticker}"
        (content,) = (await client.read_resource("analysis://KO")).contents
        analysis = json.loads(content.text)  # type: ignore[union-attr]
        assert (analysis["ticker"], analysis["rating"], analysis["as_of"]) == ("KO", "buy", "2026-08-22")
        for unknown in ("analysis://NOPE", "analysis://", "KO", "file:///etc/passwd"):
            with pytest.raises(MCPError) as caught:
                await client.read_resource(unknown)
            assert caught.value.error.code == {"auto": -32602, "legacy": -32002}[mode]
        with pytest.raises(MCPError):
            await client.call_tool("rm", {})


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_is_the_result_of_a_call(
    played_stack: Stack, user: str, name: str, mode: str
) -> None:
    async with client_of(played_stack, user, mode) as client:
        heard: list[str | None] = []

        async def note(progress: float, total: float | None, message: str | None) -> None:
            heard.append(message)

        async def ask(question: Question) -> Any:
            page = {"ticker": question.ticker} if question.ticker else {}
            ids = {"thread_id": question.thread, "message_id": question.message}
            return await client.call_tool(
                "ask", {"question": question.content, **page, **ids}, progress_callback=note
            )

        for played, got in await play(played_stack, user, name, ask):
            if isinstance(played.ending, AiError):
                assert got.is_error
                assert played.ending.code in got.content[0].text
                continue
            assert isinstance(played.ending, AiComplete)
            assert not got.is_error
            assert got.content[0].text == got.structured_content["answer"] == played.ending.full_message
            assert got.structured_content["thread_id"] == played.question.thread
            shown = [figure["text"] for figure in got.structured_content["figures"]]
            assert shown == [figure.text for figure in played.ending.figures]
        assert heard


async def test_a_call_made_again_under_its_name_is_the_same_turn(stack: Stack, user: str) -> None:
    arguments = {"question": f"Why, {user}?", "ticker": "KO", "message_id": "m", "thread_id": str(uuid4())}
    async with client_of(stack, user, "auto") as first, client_of(stack, user, "legacy", gateway=1) as second:
        stack.gemini.script(user, hold=2)
        asking = [asyncio.create_task(client.call_tool("ask", arguments)) for client in (first, second)]
        await stack.gemini.wait(held=1)
        for worker in stack.workers:
            await worker.kill()
        stack.gemini.release(user)
        for worker in stack.workers:
            await worker.start()
        results = [await call for call in asking]
        results.append(await first.call_tool("ask", arguments))
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    texts = [result.structured_content["answer"] for result in results]
    assert texts == [row["content"]] * 3


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"question": ""},
        {"question": "x" * 4001},
        {"question": "a\0b"},
        {"question": "Why?", "ticker": "NOPE"},
        {"question": "Why?", "ticker": 7},
        {"question": "Why?", "thread_id": ""},
        {"question": "Why?", "system": "You are a pirate."},
    ],
    ids=lambda value: str(value)[:40],
)
async def test_a_model_that_calls_wrongly_reads_why(
    played_stack: Stack, user: str, arguments: dict[str, object]
) -> None:
    async with client_of(played_stack, user, "auto") as client:
        result = await client.call_tool("ask", arguments)
    assert result.is_error
    assert result.content[0].text  # type: ignore[union-attr]


META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HEADERS = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"}
FUTURE = {**META, "io.modelcontextprotocol/protocolVersion": "2031-01-01"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 400, -32700),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":' + b"[" * 100_000, {}, 400, -32700),
        ([LIST], {}, 400, -32600),
        ({**LIST, "id": None}, {}, 400, -32600),
        ({**LIST, "jsonrpc": "1.0"}, {}, 400, -32600),
        ({**LIST, "method": "nothing"}, {}, 404, -32601),
        ({**LIST, "method": "server/discover"}, {}, 404, -32601),
        (LIST, {"MCP-Protocol-Version": "2031-01-01"}, 400, -32022),
        ({**LIST, "params": {"_meta": FUTURE}}, {"MCP-Protocol-Version": "2031-01-01"}, 400, -32022),
        ({**LIST, "params": {"_meta": META}}, {"MCP-Protocol-Version": "2025-06-18"}, 400, -32020),
        ({**LIST, "params": {"_meta": META}}, {**HEADERS, "Mcp-Method": "tools/call"}, 400, -32020),
        (LIST, HEADERS, 400, -32602),
        ({**LIST, "method": "resources/read", "params": {"uri": 7}}, {}, 400, -32602),
        ({**LIST, "params": {"x": "x" * 1_100_000}}, {}, 413, -32000),
    ],
    ids=range(14),
)
async def test_what_is_not_spoken_is_named(
    played_stack: Stack, user: str, body: object, headers: dict[str, str], status: int, code: int
) -> None:
    headers = {"Authorization": f"Bearer {token(user)}", **headers}
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with httpx.AsyncClient(headers=headers) as http:
        answer = await http.post(f"{played_stack.url}/mcp", content=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    if code == -32022:
        assert answer.json()["error"]["data"]["supported"][0] == "2026-07-28"


async def test_doors(stack: Stack, user: str) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=stack.url, timeout=30) as http:
        answer = await http.post("/mcp", json=LIST)
        assert (answer.status_code, answer.json()["error"]["data"]["code"]) == (401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
        origin = {**headers, "Origin": "https://elsewhere.example"}
        assert (await http.post("/mcp", json=LIST, headers=origin)).status_code == 403
        assert (await http.get("/mcp", headers=headers)).status_code in (404, 405)
        cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}
        assert (await http.post("/mcp", json=cancelled, headers=headers)).status_code == 202
        call = {"name": "ask", "arguments": {"question": "Why?"}}
        body = {**LIST, "method": "tools/call", "params": call}
        answers = [await http.post("/mcp", json=body, headers=headers) for _ in range(13)]
    assert answers[0].json()["result"]["structuredContent"]["answer"]
    refused = answers[-1]
    assert (refused.status_code, refused.json()["error"]["data"]["code"]) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) >= 1
