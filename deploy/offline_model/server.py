"""The HTTP side: any key is taken, every request stands alone, words come at the pace of brisk reading."""

import asyncio
from types import TracebackType

import msgspec
from aiohttp import web

from deploy.offline_model.agent import reply_to
from deploy.offline_model.protocol import BYTES_PER_TOKEN, decode, events, refusal, whole

READING_PACE = 32.0
"""Words per second."""

BODY_MAX = 8 * 1024 * 1024


LOOPBACK = "127.0.0.1"
"""Where it listens unless told otherwise: whoever reaches it is answered."""


class OfflineModelServer:
    """Listens in the caller's event loop."""

    def __init__(
        self, *, host: str = LOOPBACK, port: int = 0, words_per_second: float | None = READING_PACE
    ) -> None:
        """`port` 0 takes a free one; `words_per_second` None answers at once."""
        self.url = ""
        self._host = host
        self._port = port
        self._pause = 1 / words_per_second if words_per_second else 0.0
        app = web.Application(client_max_size=BODY_MAX)
        app.router.add_post("/v1beta/models/{model}:streamGenerateContent", self._stream)
        app.router.add_post("/v1beta/models/{model}:generateContent", self._answer)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)

    async def start(self) -> None:
        """Listen. Raises `OSError` if there is no such host or the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening and cut what is being streamed."""
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
            reply = reply_to(decode(body))
        except msgspec.DecodeError as error:
            return _refused(error)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        loop = asyncio.get_running_loop()
        due = loop.time()
        for event in events(reply, prompt_tokens=len(body) // BYTES_PER_TOKEN + 1):
            due += self._pause
            await asyncio.sleep(due - loop.time())
            await response.write(b"data: %s\r\n\r\n" % event)
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            reply = reply_to(decode(body))
        except msgspec.DecodeError as error:
            return _refused(error)
        event = whole(reply, prompt_tokens=len(body) // BYTES_PER_TOKEN + 1)
        return web.Response(body=event, content_type="application/json")


def _refused(error: msgspec.DecodeError) -> web.Response:
    return web.Response(status=400, body=refusal(error), content_type="application/json")
