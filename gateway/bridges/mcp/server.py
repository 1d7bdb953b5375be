"""What MCP is served by: one request at a time, nothing kept between them."""

from typing import Any
from uuid import uuid4

import msgspec
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp

from gateway.bridges.mcp.catalogue import (
    INSTRUCTIONS,
    JSON,
    NAME,
    SCHEME,
    TEMPLATES,
    TOOLS,
    Ask,
    not_answered,
    resources,
)
from gateway.bridges.mcp.rpc import (
    HANDSHAKE,
    INVALID_PARAMS,
    META,
    METHOD_NOT_FOUND,
    MODERN,
    NO_RESOURCE,
    SUPPORTED,
    Call,
    RpcError,
    error_of,
    read_call,
    refusal,
    result,
    version_of,
)
from gateway.bridges.mcp.vocabulary import CallWords, ending_words
from gateway.bridges.port.bridge import BridgeRequest, Doors, asker_of, json_answer
from gateway.bridges.port.names import names_of
from gateway.bridges.port.question import make_question
from gateway.bridges.port.raised import of_error
from gateway.bridges.port.telling import streamed
from gateway.store.analyses import Analyses
from gateway.wire.close_codes import RefusedError

KEPT_MS = 15_000
"""As long as an overview is kept here."""
CAPABILITIES: dict[str, Any] = {"tools": {}, "resources": {}}
ABOUT_THE_TOOL = ("invalid", "unknown_ticker")
"""What a model that called the tool can set right by itself is told in the tool's result."""


class McpServer:
    """The methods of the protocol, on these parts of the gateway; `version` is the product's."""

    def __init__(self, doors: Doors, analyses: Analyses, version: str) -> None:
        self._doors = doors
        self._analyses = analyses
        self._about = {"name": NAME, "version": version}

    async def serve(self, request: BridgeRequest) -> ASGIApp:
        """Answer one request; take note of nothing."""
        call: Call | None = None
        try:
            call = read_call(await request.body())
            spoken = version_of(call, request.headers)
            if call.id is msgspec.UNSET:
                # Nothing that a client may notify of changes anything here.
                return ASGIResponse(status_code=202)
            if call.method == "tools/call":
                return await self._use_tool(request, call, spoken)
            return json_answer(await self._described(call, spoken))
        except RpcError as error:
            return json_answer(error_of(error, call), status=error.status)
        except Exception as error:  # noqa: BLE001 - `of_error` logs what has no words of its own
            why = of_error(error)
            return json_answer(error_of(refusal(why), call), status=why.status, headers=why.headers)

    async def _described(self, call: Call, spoken: str) -> dict[str, Any]:
        match call.method:
            case "initialize":
                asked = call.params.get("protocolVersion")
                agreed = asked if asked in HANDSHAKE else HANDSHAKE[0]
                about = {
                    "serverInfo": self._about,
                    "instructions": INSTRUCTIONS,
                    "capabilities": CAPABILITIES,
                }
                return result(call, spoken, {"protocolVersion": agreed, **about})
            case "server/discover" if spoken == MODERN:
                about = {"capabilities": CAPABILITIES, "instructions": INSTRUCTIONS}
                stamp = {"_meta": {META + "serverInfo": self._about}}
                versions = {"supportedVersions": list(SUPPORTED)}
                return result(call, spoken, {**versions, **about, **stamp}, cached_ms=KEPT_MS)
            case "ping" if spoken != MODERN:
                return result(call, spoken, {})
            case "tools/list":
                return result(call, spoken, {"tools": TOOLS}, cached_ms=KEPT_MS)
            case "resources/list":
                listed = resources(await self._analyses.overview())
                return result(call, spoken, {"resources": listed}, cached_ms=KEPT_MS)
            case "resources/templates/list":
                return result(call, spoken, {"resourceTemplates": TEMPLATES}, cached_ms=KEPT_MS)
            case "resources/read":
                return result(call, spoken, await self._read(call, spoken), cached_ms=KEPT_MS)
        raise RpcError(METHOD_NOT_FOUND, "There is no such method.")

    async def _read(self, call: Call, spoken: str) -> dict[str, Any]:
        uri = call.params.get("uri")
        if not isinstance(uri, str):
            raise RpcError(INVALID_PARAMS, "uri: a text.")
        ticker = uri.removeprefix(SCHEME)
        known = ticker in {row.ticker for row in await self._analyses.overview()} and uri != ticker
        found = await self._analyses.detail(ticker) if known else None
        if found is None:
            code = INVALID_PARAMS if spoken == MODERN else NO_RESOURCE
            raise RpcError(code, "There is no such resource.", {"uri": uri})
        text = msgspec.json.encode(found).decode()
        return {"contents": [{"uri": uri, "mimeType": JSON, "text": text}]}

    async def _use_tool(self, request: BridgeRequest, call: Call, spoken: str) -> ASGIApp:
        if call.params.get("name") != "ask":
            raise RpcError(INVALID_PARAMS, "There is no such tool.")
        try:
            arguments = msgspec.convert(call.params.get("arguments", {}), Ask)
        except msgspec.ValidationError as error:
            return json_answer(result(call, spoken, not_answered(f"Not valid: {error}")))
        thread = str(uuid4()) if arguments.thread_id is msgspec.UNSET else str(arguments.thread_id)
        message = str(uuid4()) if arguments.message_id is msgspec.UNSET else str(arguments.message_id)
        try:
            names = names_of(thread, message)
            question = make_question(arguments.question, names.turn, arguments.ticker)
            answer = await self._doors.answers.ask(asker_of(request), names.session, question)
        except RefusedError as error:
            if error.code not in ABOUT_THE_TOOL:
                raise
            return json_answer(result(call, spoken, not_answered(error.message)))
        if "text/event-stream" in request.headers.get("accept", ""):
            return streamed(answer, CallWords(call, spoken, thread))
        try:
            return json_answer(ending_words(call, spoken, thread, await answer.ending()))
        finally:
            await answer.close()
