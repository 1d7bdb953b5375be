"""Stopping an answer, whichever bridge asked it."""

import asyncio

import httpx
import pytest

from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_thread_is_stopped_whichever_bridge_asked(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=1)
    observer = await stack.full(user)
    headers = {"Authorization": f"Bearer {token(user)}", "X-Thread-Id": observer.session_id}
    body = {"model": "tickertalk", "messages": [{"role": "user", "content": user}]}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=30) as http:
        asking = asyncio.create_task(http.post("/v1/chat/completions", json=body))
        await observer.next_frame("ai_start")
        stopped = await http.delete(f"/bridges/threads/{observer.session_id}/answer")
        assert stopped.status_code == 204
        answer = (await asking).json()
    assert answer["tickertalk"]["finish_reason"] == "cancelled"
    assert await stack.fetch(
        "select from chat_messages where user_id = $1 and finish_reason = 'cancelled'", user
    )


async def test_there_is_nothing_to_stop_in_a_thread_of_somebody_else(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=1)
    observer = await stack.full(user)
    turn = await observer.ask(user)
    await observer.next_frame("ai_start")
    headers = {"Authorization": f"Bearer {token('mallory')}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
        stopped = await http.delete(f"/bridges/threads/{observer.session_id}/answer")
        assert stopped.status_code == 204
        assert (await http.get(f"/bridges/ai-sdk/{observer.session_id}/stream")).status_code == 204
    await stack.gemini.wait(held=1)
    stack.gemini.release(user)
    assert (await observer.collect_turn(turn)).ending["finish_reason"] == "stop"
