"""Gemini as the chat graph sees it: messages in, chunks out, with its own patience and its own retries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
import msgspec
import structlog
from langchain_core.messages import BaseMessage
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
)

from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.gemini.failures import TRIES, pause_before_retry, worth_trying_again
from agent_worker.model.gemini.request import CONVERSATION_SHAPE, GeminiRequest
from agent_worker.model.gemini.stock import StockGemini
from agent_worker.model.gemini.stream import GeminiStream
from agent_worker.model.ports import Tool

CONNECT_TIMEOUT = 10.0
END_TIMEOUT = 0.5
"""Seconds to wait for a stream's end after its finish reason: then the connection can be used again."""

log = structlog.get_logger(__name__)


class GeminiModel:
    """One model behind one URL. Opened by `open_gemini`."""

    def __init__(
        self,
        name: str,
        request: GeminiRequest,
        stock: StockGemini,
        http: aiohttp.ClientSession,
        *,
        first_token_timeout: float,
        idle_timeout: float,
    ) -> None:
        self.name = name
        self._requests = {b"": request}
        self._stock = stock
        self._http = http
        self._first_token_timeout = first_token_timeout
        self._idle_timeout = idle_timeout

    async def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        """Chunks as they arrive; the last one carries the finish reason.

        Raises `ModelError` before the first chunk, `AnswerCutError` after it. Closing the generator, or
        cancelling the task, closes the connection to the model.
        """
        request = await self._request_with(tools)
        stream, chunk = await self._begin(request, request.body(messages))
        calls = False
        try:
            while not chunk.finish_reason:
                calls = calls or bool(chunk.tool_calls)
                yield chunk
                chunk = await self._next(stream)
            if chunk.text:
                yield ModelChunk(chunk.text)
            chunk = chunk.then(await _to_its_end(stream))
            if chunk.finish_reason == "stop" and (calls or chunk.tool_calls):
                chunk = chunk._replace(finish_reason="tool_calls")
            yield chunk._replace(text="", model=self.name)
        finally:
            stream.close()

    async def _request_with(self, tools: Sequence[Tool]) -> GeminiRequest:
        """The request that declares these tools; built once for each set of them."""
        key = msgspec.json.encode(tools) if tools else b""
        if key not in self._requests:
            built = await self._stock.request(CONVERSATION_SHAPE, tools)
            self._requests[key] = GeminiRequest.like(built, self.name)
        return self._requests[key]

    async def _begin(self, request: GeminiRequest, body: bytes) -> tuple[GeminiStream, ModelChunk]:
        """The stream and its first chunk: the only place where a call is tried again."""
        tries = AsyncRetrying(
            retry=retry_if_exception(worth_trying_again),
            wait=pause_before_retry,
            stop=stop_after_attempt(TRIES) | stop_before_delay(self._first_token_timeout),
            after=_say_so,
            reraise=True,
        )
        try:
            async with asyncio.timeout(self._first_token_timeout):
                async for attempt in tries:
                    with attempt:
                        return await self._try(request, body)
        except TimeoutError:
            raise ModelError("model_timeout", "no first chunk in time") from None
        raise AssertionError("the last try answers or raises")

    async def _try(self, request: GeminiRequest, body: bytes) -> tuple[GeminiStream, ModelChunk]:
        stream = await GeminiStream.open(self._http, request.url, request.headers, body, self._stock)
        try:
            chunk = await stream.read()
            if chunk is None:
                raise ModelError("model_error", "the stream ended before it began")
        except BaseException:
            stream.close()
            raise
        return stream, chunk

    async def _next(self, stream: GeminiStream) -> ModelChunk:
        try:
            async with asyncio.timeout(self._idle_timeout):
                chunk = await stream.read()
        except TimeoutError:
            raise AnswerCutError("the stream stalled") from None
        except ModelError as error:
            raise AnswerCutError(f"the stream broke: {error}") from error
        if chunk is None:
            raise AnswerCutError("the stream ended without a finish reason")
        return chunk


async def _to_its_end(stream: GeminiStream) -> ModelChunk:
    """What comes after the finish reason: usage at most. The answer is whole, so trouble no longer matters."""
    late = ModelChunk()
    try:
        async with asyncio.timeout(END_TIMEOUT):
            while chunk := await stream.read():
                late = late.then(chunk)
    except (TimeoutError, ModelError) as error:
        log.debug("stream not read to its end", error=type(error).__name__)
    return late


def _say_so(state: RetryCallState) -> None:
    error = state.outcome and state.outcome.exception()
    log.warning("model call failed", error=str(error), tries=state.attempt_number)


def _here(base_url: str | None) -> bool:
    """Whether an address is one of this machine's own."""
    host = urlsplit(base_url or "").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        return False


@asynccontextmanager
async def open_gemini(
    *,
    model: str,
    api_key: str,
    base_url: str | None,
    first_token_timeout: float,
    idle_timeout: float,
) -> AsyncIterator[GeminiModel]:
    """A model ready to be asked; nothing is sent yet. A server of this machine is asked past the environment's proxy."""
    async with AsyncExitStack() as opened:
        stock = StockGemini(model=model, api_key=api_key, base_url=base_url)
        opened.push_async_callback(stock.aclose)
        http = await opened.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT),
                trust_env=not _here(base_url),
            )
        )
        yield GeminiModel(
            model,
            GeminiRequest.like(await stock.request(CONVERSATION_SHAPE), model),
            stock,
            http,
            first_token_timeout=first_token_timeout,
            idle_timeout=idle_timeout,
        )
