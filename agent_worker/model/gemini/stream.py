"""One answer of the Gemini API being read: bytes off the network, chunks out."""

import asyncio

import aiohttp
import msgspec

from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import ModelError
from agent_worker.model.gemini.decode import read_chunk
from agent_worker.model.gemini.failures import failed_answer, failure_inside
from agent_worker.model.gemini.sse import EventSplitter
from agent_worker.model.gemini.stock import StockGemini

MANY_EVENTS = 16
"""So many events in one read may be a backlog; reading on at once would starve the other turns."""


class GeminiStream:
    """Reads one HTTP answer. Whoever opened it closes it."""

    def __init__(self, response: aiohttp.ClientResponse, stock: StockGemini) -> None:
        self._response = response
        self._stock = stock
        self._splitter = EventSplitter()
        self._ended = False

    @classmethod
    async def open(
        cls, http: aiohttp.ClientSession, url: str, headers: dict[str, str], body: bytes, stock: StockGemini
    ) -> "GeminiStream":
        """Send the request and wait for its headers. Raises `ModelError`."""
        try:
            response = await http.post(url, headers=headers, data=body)
            if response.status != 200:
                async with response:
                    raise failed_answer(response.status, response.headers, await response.read())
        except (aiohttp.ClientError, OSError) as error:
            raise ModelError("model_error", type(error).__name__) from error
        return cls(response, stock)

    async def read(self) -> ModelChunk | None:
        """What has arrived since, as one chunk; None at the end. Raises `ModelError` when the stream breaks."""
        try:
            while not self._ended:
                received = await self._response.content.readany()
                self._ended = not received
                events = self._splitter.feed(received) if received else self._splitter.end()
                if events:
                    return await self._merged(events)
        except (aiohttp.ClientError, OSError, ValueError, msgspec.DecodeError) as error:
            raise ModelError("model_error", type(error).__name__) from error
        return None

    def close(self) -> None:
        """Give the connection back if the answer was read to its end, else close it at once."""
        self._response.close()

    async def _merged(self, events: list[bytes]) -> ModelChunk:
        merged = await self._chunk(events[0])
        for event in events[1:]:
            merged = merged.then(await self._chunk(event))
        if len(events) > MANY_EVENTS:
            await asyncio.sleep(0)
        return merged

    async def _chunk(self, event: bytes) -> ModelChunk:
        chunk = read_chunk(event)
        if chunk is not None:
            return chunk
        failure = failure_inside(event)
        if failure is not None:
            raise failure
        return await self._stock.read(event)
