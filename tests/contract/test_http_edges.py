"""HTTP where it is rarely looked at: bodies, methods, protocol versions, and words for what cannot be parsed."""

import httpx
import pytest

from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("body", ['{"user":' + "[" * 2500, '{"x":' + "[" * 2500 + "]" * 2500 + "}"])
async def test_a_body_nested_deep_is_invalid(stack: Stack, body: str) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        answer = await http.post("/api/dev/token", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
