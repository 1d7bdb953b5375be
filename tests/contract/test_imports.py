"""An import under a running system: every gateway tells it, and what is read afterwards is new."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import msgspec
import pytest
import redis.asyncio as redis

from tests.support.chat_client import ChatClient, token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROW: Mapping[str, object] = {
    "ticker": "KO", "as_of": "2026-08-29", "rating": "sell", "score": 31.5, "summary": "By hand.",
    "metrics": [], "rationale": [],
}  # fmt: skip


def import_rows(folder: Path, stack: Stack, *rows: Mapping[str, object], redis_url: str | None = None) -> str:
    """Import them with the command; what it says on its error output."""
    file = folder / "rows.json"
    file.write_bytes(msgspec.json.encode(rows))
    environment = {
        **os.environ,
        "DATABASE_URL": stack.database_url,
        "REDIS_URL": stack.redis_url if redis_url is None else redis_url,
    }
    command = [sys.executable, "-m", "deploy.imports", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


async def overview(stack: Stack, gateway: int = 0) -> dict[str, dict[str, object]]:
    headers = {"Authorization": f"Bearer {token()}"}
    async with httpx.AsyncClient(base_url=stack.gateways[gateway].url, headers=headers, timeout=30) as http:
        return {row["ticker"]: row for row in (await http.get("/api/analyses")).json()}


async def test_every_gateway_tells_it_and_answers_from_it_at_once(
    stack: Stack, user: str, tmp_path: Path
) -> None:
    first, second = await stack.full(user), await stack.full(f"{user}-other", gateway=1)
    seed = await ChatClient.seed(stack.url, token=token(user))
    stack.clients.append(seed)
    assert (await overview(stack))["KO"]["as_of"] == "2026-08-22"
    assert import_rows(tmp_path, stack, {**ROW, "company": {"name": "Coke"}}) == ""
    for client in (first, second):
        told = await client.next_frame("analyses_changed")
        assert told == {"type": "analyses_changed", "as_of": "2026-08-29", "tickers": ["KO"]}
    for gateway in (0, 1):
        assert (await overview(stack, gateway))["KO"]["as_of"] == "2026-08-29"

    assert import_rows(tmp_path, stack, {**ROW, "company": {"name": "Coke"}}) == ""  # nothing new: not told
    assert import_rows(tmp_path, stack, {**ROW, "score": 32.0}) == ""  # a correction is
    await first.next_frame("analyses_changed")
    assert [frame["type"] for frame in first.frames].count("analyses_changed") == 2
    assert "seq" not in first.frames[-1]
    await seed.send("cancel", turn_id="00000000-0000-4000-8000-000000000000")
    await seed.next_frame("error")
    assert [frame["type"] for frame in seed.frames] == ["error"]


async def test_a_company_that_was_just_imported_can_be_asked_about(
    stack: Stack, user: str, tmp_path: Path
) -> None:
    client = await stack.full(user)
    await client.send("set_context", ticker="QUUX")
    assert (await client.next_frame("error"))["code"] == "unknown_ticker"
    import_rows(tmp_path, stack, {**ROW, "ticker": "QUUX", "company": {"name": "Quuxware Inc."}})
    await client.next_frame("analyses_changed")
    await client.send("set_context", ticker="QUUX")
    assert (await client.next_frame("context", "error"))["ticker"] == "QUUX"


async def test_what_is_no_import_on_the_channel_disturbs_nobody(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    async with redis.from_url(stack.redis_url) as server:
        for payload in (b"", b"\xff", b"2026-08-22", b"{}"):
            await server.publish("chat:analyses", payload)
        await server.publish("chat:analyses", "2026-09-05 many")
    told = await client.next_frame("analyses_changed")
    assert told == {"type": "analyses_changed", "as_of": "2026-09-05", "tickers": None}
    assert (await client.collect_turn(await client.ask("Still there?"))).ending["type"] == "ai_complete"


async def test_without_redis_it_lands_untold_and_the_next_read_has_it(
    stack: Stack, user: str, tmp_path: Path
) -> None:
    client = await stack.full(user)
    said = import_rows(tmp_path, stack, {**ROW, "as_of": "2026-09-12"}, redis_url="redis://127.0.0.1:9")
    assert "Nobody was told. The analyses are in" in said
    headers = {"Authorization": f"Bearer {token()}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=30) as http:
        assert (await http.get("/api/analyses/KO")).json()["as_of"] == "2026-09-12"
    assert "analyses_changed" not in [frame["type"] for frame in client.frames]
