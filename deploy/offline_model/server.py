"""The offline model: a server on this machine that speaks the Gemini REST protocol and quotes the analysis.

It stands where Gemini stands, so that without a key every other part of the system is the real one. It sees
nothing but the request: the analysis in the system instruction, and the questions.
"""

import asyncio
import re
from collections.abc import Iterator
from types import TracebackType

import msgspec
from aiohttp import web

from deploy.offline_model.answers import answer
from deploy.offline_model.block import parse

READING_PACE = 32.0
"""Words per second: brisk reading."""

BYTES_PER_TOKEN = 4

WORD = re.compile(r"\s*\S+(?:\s+\Z)?")


class _Part(msgspec.Struct):
    text: str = ""


class _Content(msgspec.Struct):
    parts: list[_Part] = []
    role: str = "user"

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


class _Request(msgspec.Struct, rename="camel"):
    contents: list[_Content]
    system_instruction: _Content = msgspec.field(default_factory=_Content)


class OfflineModelServer:
    """Listens on the loopback interface, in the caller's event loop."""

    def __init__(self, *, port: int = 0, words_per_second: float | None = READING_PACE) -> None:
        """`port` 0 is any free one, `words_per_second` None answers at once."""
        self.url = ""
        self._port = port
        self._pause = 1 / words_per_second if words_per_second else 0.0
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_post("/v1beta/models/{model}:streamGenerateContent", self._stream)
        app.router.add_post("/v1beta/models/{model}:generateContent", self._answer)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def __aenter__(self) -> "OfflineModelServer":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        try:
            text = answer_to(body)
        except msgspec.DecodeError as error:
            return refused(error)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        loop = asyncio.get_running_loop()
        due = loop.time()
        for event in events(text, prompt_tokens=estimated_tokens(body.decode())):
            due += self._pause
            await asyncio.sleep(due - loop.time())
            await response.write(b"data: %s\r\n\r\n" % event)
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            text = answer_to(body)
        except msgspec.DecodeError as error:
            return refused(error)
        return web.Response(
            body=chunk(text, "STOP", estimated_tokens(body.decode()), estimated_tokens(text)),
            content_type="application/json",
        )


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` is."""
    return len(text.encode()) // BYTES_PER_TOKEN + 1


def answer_to(body: bytes) -> str:
    """The answer to the last question of a GenerateContentRequest. Raises `msgspec.DecodeError` if it is none."""
    request = msgspec.json.decode(body, type=_Request)
    questions = [content.text for content in request.contents if content.role == "user"]
    if not questions:
        raise msgspec.ValidationError("contents hold no question")
    return answer(questions[-1], questions[:-1], parse(request.system_instruction.text))


def events(text: str, *, prompt_tokens: int) -> Iterator[bytes]:
    """The chunks of a streamed answer, one word each, the last with its finish reason."""
    words = WORD.findall(text)
    for number, word in enumerate(words, 1):
        yield chunk(word, "STOP" if number == len(words) else None, prompt_tokens, number)


def chunk(text: str, finish_reason: str | None, prompt_tokens: int, answer_tokens: int) -> bytes:
    candidate: dict[str, object] = {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}
    if finish_reason:
        candidate["finishReason"] = finish_reason
    usage = {
        "promptTokenCount": prompt_tokens,
        "candidatesTokenCount": answer_tokens,
        "totalTokenCount": prompt_tokens + answer_tokens,
    }
    return msgspec.json.encode({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "offline"})


def refused(error: msgspec.DecodeError) -> web.Response:
    body = {"error": {"code": 400, "message": str(error), "status": "INVALID_ARGUMENT"}}
    return web.Response(status=400, body=msgspec.json.encode(body), content_type="application/json")
