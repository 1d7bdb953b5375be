"""The scripted Gemini as a process of its own, driven over HTTP."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.gemini_script import Script, answer_text

STREAM = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.gemini_server", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession(url, headers={"x-goog-api-key": "k"}) as session:
        yield session
    process.terminate()
    await process.wait()


def asking(*turns: str) -> dict[str, Any]:
    roles = ["user", "model"] * len(turns)
    return {
        "contents": [
            {"role": role, "parts": [{"text": text}]} for role, text in zip(roles, turns, strict=False)
        ]
    }


async def answered(http: aiohttp.ClientSession, question: str) -> str:
    async with http.post(STREAM, json=asking(question)) as response:
        assert response.status == 200
        return await response.text()


async def calls(http: aiohttp.ClientSession, path: str = "/calls") -> dict[str, Any]:
    async with http.get(path) as response:
        assert response.status == 200
        return dict(await response.json())


async def test_scripted_held_released_and_counted(http: aiohttp.ClientSession) -> None:
    async with http.post("/script", json={"match": "Why", "chunks": 3, "hold": 2}) as response:
        assert response.status == 200
    asking_now = asyncio.create_task(answered(http, "Why?"))
    assert (await calls(http, "/wait?held=1&timeout=30"))["open"] == 1
    async with http.post("/release"):
        pass
    text = await asking_now
    assert text.count("data: ") == 3
    assert answer_text("Why?", Script(chunks=3))[-12:] in text
    assert "data: " in await answered(http, "Why?")  # released for good
    summary = await calls(http)
    assert (summary["total"], summary["open"], summary["questions"]) == (2, 0, {"Why?": 2})
    async with http.get("/requests") as response:
        assert [request["contents"][0]["parts"][0]["text"] for request in await response.json()] == [
            "Why?"
        ] * 2


async def test_troubles_end_after_their_times(http: aiohttp.ClientSession) -> None:
    question = "Why? [[fail=503 retry_after=2 times=1]]"
    async with http.post(STREAM, json=asking(question)) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "2")
        assert (await response.json())["error"]["status"] == "UNAVAILABLE"
    assert "STOP" in await answered(http, question)


@pytest.mark.parametrize(
    "body",
    [{}, {"contents": []}, asking("a", "b"), {"contents": asking("a")["contents"] * 2}, asking("")],
    ids=["empty", "no contents", "ends with the model", "user twice", "empty text"],
)
async def test_what_the_real_api_would_not_take_is_refused(
    http: aiohttp.ClientSession, body: dict[str, Any]
) -> None:
    async with http.post(STREAM, json=body) as response:
        assert response.status == 400


async def test_a_bad_script_is_refused(http: aiohttp.ClientSession) -> None:
    async with http.post("/script", json={"chuncks": 3}) as response:
        assert response.status == 400
    async with http.get("/wait?held=1&timeout=0.1") as response:
        assert response.status == 408


def test_answers_differ_by_question_and_by_call_if_asked() -> None:
    assert answer_text("a") == answer_text("a") != answer_text("b")
    vary = Script(vary=True)
    assert answer_text("a", vary, 1) != answer_text("a", vary, 2)
