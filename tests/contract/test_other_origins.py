"""Pages of other origins: what a gateway lets them do, and only if they were named."""

from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_app_in_a_frame_opens_its_socket(tmp_path: Path, database_url: str) -> None:
    """As documented: the page around it is named, and the app connects from the gateway's own origin."""
    env = {"ALLOWED_ORIGINS": "https://portal.example.com"}
    async with Stack(tmp_path, database_url=database_url, workers=0, gateway_env=env) as stack:
        for origin in (stack.url, "https://portal.example.com"):
            client = await stack.seed("alice", origin=origin)
            await client.send("ping")
            await client.next_frame("pong")
        with pytest.raises(InvalidStatus) as refused:
            await stack.seed("alice", origin="https://elsewhere.example.com")
        assert refused.value.response.status_code == 403


async def test_a_page_elsewhere_reads_the_api_if_it_was_named(tmp_path: Path, database_url: str) -> None:
    """What a browser would do for it: ask first, then read, refusals too; and learn that a gateway is there."""
    env = {"ALLOWED_ORIGINS": "https://portal.example.com"}
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    async with (
        Stack(tmp_path, database_url=database_url, workers=0, gateway_env=env) as stack,
        httpx.AsyncClient(base_url=stack.url) as http,
    ):
        for origin, allowed in (("https://portal.example.com", True), ("https://elsewhere.example", False)):
            named = {"Origin": origin}
            may = await http.options("/api/sessions", headers={**named, **asked})
            assert may.status_code == (204 if allowed else 403)
            for headers, status in (({"Authorization": f"Bearer {token('alice')}"}, 200), ({}, 401)):
                answer = await http.get("/api/sessions", headers={**named, **headers})
                assert answer.status_code == status
                assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
            gateway = await http.get("/embed/v1/gateway.json", headers=named)
            assert gateway.json()["service"] == "tickertalk"
            assert gateway.headers["access-control-allow-origin"] == "*"
            assert gateway.headers.get_list("cross-origin-resource-policy") == ["cross-origin"]
