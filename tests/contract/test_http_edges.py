"""HTTP where it is rarely looked at: bodies, methods, protocol versions, and words for what cannot be parsed."""

import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from litestar.testing import create_test_client

from gateway.routes.web_routes import read_web_files, web_routes
from tests.security.raw_socket import CLOSE, TEXT, RawSocket, frame
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("body", ['{"user":' + "[" * 2500, '{"x":' + "[" * 2500 + "]" * 2500 + "}"])
async def test_a_body_nested_deep_is_invalid(stack: Stack, body: str) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        answer = await http.post("/api/dev/token", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


async def raw(stack: Stack, data: bytes, *, timeout: float = 10) -> tuple[int, dict[str, str], str]:
    """Send bytes as they are; status, headers and body of the first answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(stack.url).port)
    try:
        writer.write(data)
        async with asyncio.timeout(timeout):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            status, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            size = int(headers.get("content-length", 0))
            return int(status.split()[1]), headers, (await reader.readexactly(size)).decode()
    finally:
        writer.transport.abort()


UPGRADE = b"host: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
KEY = b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nhost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost x\r\n\r\n", 400),
        (b"POST /api/dev/token HTTP/1.1\r\nhost: x\r\ncontent-length: ten\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: x\r\nx: " + b"x" * 300_000 + b"\r\n\r\n", 431),
        (b"GET /ws/chat/x HTTP/1.1\r\n" + UPGRADE + b"\r\n", 400),
        (b"GET /ws/chat/%s HTTP/1.0\r\n" % str(uuid4()).encode() + UPGRADE + KEY + b"\r\n", 426),
    ],
)
async def test_what_cannot_be_parsed_is_told_as_every_error_is(
    stack: Stack, data: bytes, status: int
) -> None:
    answer, headers, body = await raw(stack, data)
    assert (answer, headers["content-type"]) == (status, "application/json")
    told = json.loads(body)
    assert (set(told), told["code"]) == ({"code", "message"}, "invalid")
    assert told["message"].endswith(".")


async def test_an_upgrade_over_http_1_0_leaves_the_gateway_unharmed(stack: Stack) -> None:
    other = b"GET /healthz HTTP/1.0\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
    assert (await raw(stack, other))[0] == 200
    assert "Traceback" not in (stack.folder / "gateway-0.log").read_text()


async def test_a_body_that_drips_is_not_waited_for(stack: Stack) -> None:
    head = b"POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n"

    async def drip(path: bytes) -> tuple[bytes, float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(stack.url).port)
        writer.write(head % path)
        began = time.monotonic()
        answer = asyncio.create_task(read_all(reader))
        while not answer.done() and time.monotonic() - began < 40:
            with suppress(ConnectionError):
                writer.write(b" ")
            await asyncio.wait([answer], timeout=1)
        writer.transport.abort()
        return await answer, time.monotonic() - began

    # The first is read by the application; the second is answered before its body has come.
    (asked, seconds), (refused, later) = await asyncio.gather(drip(b"/api/dev/token"), drip(b"/api/nothing"))
    assert asked.startswith(b"HTTP/1.1 408")
    assert asked.endswith(b'{"code":"invalid","message":"The request did not come in time."}')
    assert refused.startswith((b"HTTP/1.1 404", b"HTTP/1.1 405"))
    assert refused.count(b"HTTP/1.1") == 1, "the request was answered before"
    assert max(seconds, later) < 30
    assert "Traceback" not in (stack.folder / "gateway-0.log").read_text()


async def read_all(reader: asyncio.StreamReader) -> bytes:
    """What comes before the end, or before a reset."""
    received = b""
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            received += data
    return received


async def test_a_close_between_the_fragments_of_a_message_is_answered_in_kind(stack: Stack) -> None:
    async with await RawSocket.open(stack.url, token=token("alice")) as socket:
        await socket.send(frame(TEXT, b'{"type":', fin=False) + frame(CLOSE, (1000).to_bytes(2, "big")))
        assert await socket.close_code() == 1000


@pytest.mark.parametrize(
    "path", ["/", "/company/KO", "/healthz", "/readyz", "/api/analyses", "/api/analyses/KO", "/api/nothing"]
)
async def test_head_is_answered_wherever_get_is(stack: Stack, path: str) -> None:
    headers = {"Authorization": f"Bearer {token('alice')}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
        got, head = await http.get(path), await http.head(path)
        again = await http.get("/healthz")  # on the same connection: no stray body is in it
    assert head.status_code == got.status_code
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "cache-control", "content-security-policy"):
        assert head.headers.get(name) == got.headers.get(name), name
    assert again.json() == {"status": "ok"}


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
async def test_the_page_of_a_gateway_without_the_web_app_shows_no_analysis() -> None:
    [page] = web_routes({})
    with create_test_client([page]) as client:
        answer = client.get("/")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert "not built" in answer.text
        assert "<table" not in answer.text


async def test_what_was_said_is_kept_by_no_cache(stack: Stack, user: str) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
        for path in ("/api/sessions", "/api/usage", f"/api/sessions/{uuid4()}/messages"):
            told = (await http.get(path)).headers["cache-control"]
            assert set(told.split(", ")) == {"private", "no-store"}, path


async def test_crawlers_are_told_what_is_not_for_them(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        robots = await http.get("/robots.txt")
    assert robots.status_code == 200
    assert robots.headers["content-type"].startswith("text/plain")
    assert "Disallow: /api/" in robots.text


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
async def test_a_browser_that_asks_for_an_icon_by_itself_gets_it(tmp_path: Path) -> None:
    (tmp_path / "favicon.svg").write_text("<svg/>")
    [page] = web_routes(read_web_files(tmp_path, []))
    with create_test_client([page]) as client:
        answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
