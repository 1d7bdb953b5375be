"""The scripted Gemini driven over HTTP: what a test says to it when it runs in another process."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
from aiohttp import web


class LoggedCall(Protocol):
    """A call as it is told to a test."""

    question: str


class Driven(Protocol):
    """What can be driven: `GeminiServer`."""

    @property
    def log(self) -> Sequence[LoggedCall]: ...
    @property
    def requests(self) -> Iterable[msgspec.Raw]: ...
    @property
    def open(self) -> int: ...
    @property
    def held(self) -> int: ...

    def script(self, match: str = "", **fields: object) -> None: ...
    def release(self, match: str = "") -> None: ...
    def reset(self) -> None: ...
    async def wait(
        self, *, open: int | None = None, held: int | None = None, total: int | None = None
    ) -> None: ...


class ControlRoutes:
    """The control endpoints of `server`: see gemini_server."""

    def __init__(self, server: Driven) -> None:
        self._server = server

    def add_to(self, app: web.Application) -> None:
        """Register them."""
        app.router.add_post("/script", self._script)
        app.router.add_post("/release", self._release)
        app.router.add_post("/reset", self._reset)
        app.router.add_get("/calls", self._calls)
        app.router.add_get("/requests", self._requests)
        app.router.add_get("/wait", self._wait)

    async def _script(self, request: web.Request) -> web.Response:
        fields: dict[str, object] = await request.json()
        try:
            self._server.script(str(fields.pop("match", "")), **fields)
        except msgspec.ValidationError as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({})

    async def _release(self, request: web.Request) -> web.Response:
        self._server.release((await request.json()).get("match", "") if request.can_read_body else "")
        return web.json_response({})

    async def _reset(self, request: web.Request) -> web.Response:
        self._server.reset()
        return web.json_response({})

    async def _calls(self, request: web.Request) -> web.Response:
        server = self._server
        questions: dict[str, int] = {}
        for call in server.log:
            questions[call.question] = questions.get(call.question, 0) + 1
        summary = {"total": len(server.log), "open": server.open, "held": server.held, "questions": questions}
        return web.Response(
            body=msgspec.json.encode({**summary, "log": server.log}), content_type="application/json"
        )

    async def _requests(self, request: web.Request) -> web.Response:
        return web.Response(
            body=msgspec.json.encode(list(self._server.requests)), content_type="application/json"
        )

    async def _wait(self, request: web.Request) -> web.Response:
        wanted = {
            name: int(request.query[name]) for name in ("open", "held", "total") if name in request.query
        }
        try:
            async with asyncio.timeout(float(request.query.get("timeout", 10))):
                await self._server.wait(**wanted)
        except TimeoutError:
            return web.json_response({"error": "not reached in time"}, status=408)
        return await self._calls(request)
