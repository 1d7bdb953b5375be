"""A scripted Gemini REST server: a real HTTP server that answers by script instead of by a model.

Speaks ``POST /v1beta/models/{model}:streamGenerateContent?alt=sse`` and ``:generateContent``. What it answers
is in `gemini_script`: deterministic text per question, and every trouble a test may want.

In process::

    async with GeminiServer() as gemini:          # gemini.url
        gemini.script("dividend", hold=3)         # questions containing "dividend"; "" is for all
        await gemini.wait(held=1)                 # until one call is held
        gemini.release()                          # everything held now, and later calls of the same questions
        gemini.calls("dividend"), gemini.open     # calls so far, answers being streamed now

As a process, ``python -m tests.fakes.gemini_server --port 0`` prints its URL as the first line. The same by HTTP:

    POST /script {"match": "dividend", "hold": 3}     POST /release {"match": ""}     POST /reset
    GET /calls -> {"total", "open", "held", "questions": {question: calls}, "log": [{question, call, outcome}]}
    GET /requests -> the JSON bodies received            GET /wait?held=1&open=0&total=2&timeout=5 -> /calls or 408

A question is what a person wrote last in the conversation; calls are counted per question, markers included.
"""

import argparse
import asyncio
import contextlib
from collections import deque
from types import TracebackType

import msgspec
from aiohttp import web

from tests.fakes.gemini_calls import question_in, turns_since_the_question, why_changed
from tests.fakes.gemini_control import ControlRoutes
from tests.fakes.gemini_rules import contents_in, refused, why_refused
from tests.fakes.gemini_script import Script, error_body, overlaid, script_in, sse_events, whole_answer

WRITE_SIZE = 64 * 1024


class Call(msgspec.Struct):
    """One call: `outcome` is open, held, answered, failed, cut, or gone (the client went away)."""

    question: str
    number: int
    outcome: str = "open"


class GeminiServer:
    def __init__(self) -> None:
        self.url = ""
        self.log: list[Call] = []
        self.peers: set[object] = set()  # client connections seen, by address
        self.requests: deque[msgspec.Raw] = deque(maxlen=1000)
        self._scripts: dict[str, dict[str, object]] = {}
        self._counts: dict[str, int] = {}
        self._released: set[str] = set()
        self._changed = asyncio.Event()  # set, and replaced, whenever a call changes
        self._runner: web.AppRunner | None = None

    # The test's side

    def script(self, match: str = "", **fields: object) -> None:
        """Answer questions that contain `match` by these fields; the longest match wins."""
        overlaid(Script(), fields)
        self._scripts[match] = fields

    def calls(self, match: str = "") -> int:
        return sum(match in call.question for call in self.log)

    @property
    def open(self) -> int:
        """Calls being answered now, held ones included."""
        return sum(call.outcome in ("open", "held") for call in self.log)

    @property
    def held(self) -> int:
        return sum(call.outcome == "held" for call in self.log)

    def release(self, match: str = "") -> None:
        """Let calls of matching questions go on, those held now and those still to come."""
        self._released.update(question for question in self._counts if match in question)
        self._tell()

    async def wait(
        self, *, open: int | None = None, held: int | None = None, total: int | None = None
    ) -> None:
        """Return when exactly so many calls are open and held, and at least `total` were made."""

        def reached() -> bool:
            return (
                (open is None or self.open == open)
                and (held is None or self.held == held)
                and (total is None or len(self.log) >= total)
            )

        while not reached():
            await self._changed.wait()

    def reset(self) -> None:
        """Forget scripts, counts and requests. Calls still open go on."""
        self.log = [call for call in self.log if call.outcome in ("open", "held")]
        self.requests.clear()
        self._scripts.clear()
        self._counts.clear()
        self._released.clear()

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_post("/{version:v1(?:beta)?}/models/{model:[^:/]+}:{verb}", self._generate)
        ControlRoutes(self).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> "GeminiServer":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # The model's side

    async def _generate(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.requests.append(msgspec.Raw(body))
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        contents = contents_in(body)
        if not (request.headers.get("x-goog-api-key") or request.query.get("key")):
            return refused("API key missing")
        if why := why_refused(contents):
            return refused(why)
        question = question_in(contents)
        asked = script_in(question, self._script_for(question))
        if why := why_changed(question, asked.all_rounds, contents):
            return refused(why)
        number = self._counts[question] = self._counts.get(question, 0) + 1
        script = asked.for_call(
            number, sum(c.get("role") == "model" for c in turns_since_the_question(contents))
        )
        call = Call(question, number)
        self.log.append(call)
        self._tell()
        try:
            if script.hold == 0:
                await self._hold(call)
            if script.first:
                await asyncio.sleep(script.first)
            if script.fail:
                headers = {"Retry-After": f"{script.retry_after:g}"} if script.retry_after is not None else {}
                call.outcome = "failed"
                return web.Response(
                    status=script.fail,
                    body=error_body(script),
                    headers=headers,
                    content_type="application/json",
                )
            if request.match_info["verb"] == "generateContent":
                call.outcome = "answered"
                answer = whole_answer(question, script, request.match_info["model"], number)
                return web.Response(body=answer, content_type="application/json")
            return await self._stream(request, call, script, prompt_tokens=len(body) // 4)
        except (asyncio.CancelledError, ConnectionError):
            call.outcome = "gone"
            raise
        finally:
            self._tell()

    async def _stream(
        self, request: web.Request, call: Call, script: Script, *, prompt_tokens: int
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        model = request.match_info["model"]
        events = sse_events(call.question, script, model=model, prompt_tokens=prompt_tokens, call=call.number)
        stops = {at for at in (script.cut, script.eof, script.stall, script.hold) if at}
        gathered = bytearray()
        for at, event in enumerate(events):
            if at in stops:
                await response.write(bytes(gathered))
                gathered.clear()
            if at == script.hold and at > 0:
                await self._hold(call)
            if at in (script.cut, script.eof, script.stall):
                break
            gathered += event
            if script.delay or len(gathered) > WRITE_SIZE:
                await response.write(bytes(gathered))
                gathered.clear()
            if script.delay:
                await asyncio.sleep(script.delay)
        if gathered:
            await response.write(bytes(gathered))
        if script.stall is not None:
            await asyncio.Event().wait()
        if script.cut is not None:
            call.outcome = "cut"
            if request.transport:
                request.transport.close()
            return response
        await response.write_eof()
        call.outcome = "answered"
        return response

    async def _hold(self, call: Call) -> None:
        if call.question in self._released:
            return
        call.outcome = "held"
        self._tell()
        while call.question not in self._released:
            await self._changed.wait()
        call.outcome = "open"

    def _script_for(self, question: str) -> Script:
        matches = sorted((match for match in self._scripts if match in question), key=len)
        return overlaid(Script(), self._scripts[matches[-1]]) if matches else Script()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


async def serve(port: int) -> None:
    server = GeminiServer()
    await server.start(port)
    print(server.url, flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A scripted Gemini server.")
    parser.add_argument("--port", type=int, default=0)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args().port))
