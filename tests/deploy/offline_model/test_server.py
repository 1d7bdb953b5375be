"""The offline model over HTTP, as Gemini's client meets it."""

import asyncio
import time

import aiohttp
import msgspec
import pytest

from agent_worker.workflows.prompts import system_message
from deploy.offline_model.server import OfflineModelServer
from tests.agent_worker.sample_analyses import real_block


def body(question: str) -> bytes:
    system = {"parts": [{"text": system_message("", real_block("KO")).content}]}
    contents = [{"role": "user", "parts": [{"text": question}]}]
    return msgspec.json.encode({"systemInstruction": system, "contents": contents, "generationConfig": {}})


async def test_streamed_words_are_the_whole_answer() -> None:
    asked = body("How does the latest dividend yield affect this rating?")
    async with OfflineModelServer(words_per_second=None) as server, aiohttp.ClientSession() as http:
        url = f"{server.url}/v1beta/models/offline:streamGenerateContent?alt=sse"
        async with http.post(url, data=asked) as response:
            received = await response.read()
        async with http.post(f"{server.url}/v1beta/models/offline:generateContent", data=asked) as response:
            whole = (await response.json())["candidates"][0]["content"]["parts"][0]["text"]
    chunks = [msgspec.json.decode(line[6:]) for line in received.split(b"\r\n\r\n") if line]
    texts = [chunk["candidates"][0]["content"]["parts"][0]["text"] for chunk in chunks]
    assert "".join(texts) == whole
    assert all(len(text.split()) == 1 for text in texts)
    reasons = [chunk["candidates"][0].get("finishReason") for chunk in chunks]
    assert reasons == [None] * (len(chunks) - 1) + ["STOP"]
    assert chunks[-1]["usageMetadata"]["candidatesTokenCount"] == len(chunks)


@pytest.mark.parametrize("verb", ["streamGenerateContent", "generateContent"])
@pytest.mark.parametrize(
    "garbage", [b"", b"[]", b"{}", b'{"contents": []}', b'{"contents": [{"parts": 1}]}', b"\xff"]
)
async def test_garbage_is_refused(verb: str, garbage: bytes) -> None:
    async with (
        OfflineModelServer() as server,
        aiohttp.ClientSession() as http,
        http.post(f"{server.url}/v1beta/models/offline:{verb}", data=garbage) as response,
    ):
        assert response.status == 400
        assert (await response.json())["error"]["status"] == "INVALID_ARGUMENT"


async def test_it_stops_in_the_middle_of_answers() -> None:
    server = OfflineModelServer(words_per_second=0.5)
    await server.start()
    async with aiohttp.ClientSession() as http:
        url = f"{server.url}/v1beta/models/offline:streamGenerateContent"
        asking = asyncio.create_task(http.post(url, data=body("Why?")).__aenter__())
        response = await asking
        started = time.monotonic()
        await server.stop()
        assert time.monotonic() - started < 10  # an answer takes far longer
        response.close()
