"""Logs carry ids, sizes and codes. A secret planted in an exception is seen nowhere, whatever LOG_LEVEL says."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from shared.redaction import MASK, Redactor, where
from tests.contract.conftest import put_analyses
from tests.support.chat_client import SECRET, token
from tests.support.stack import ROOT, Stack

API_KEY = "AIzaSyPLANTED-0123456789-planted-key"
CONTENT = "Zanzibar holds my pension of 417,000"
PLANTED_TOKEN = token("alice", canary="planted")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.glob("*.log"):
        yield path.name, path.read_text("utf-8", "replace")


async def whole(redis: Any, key: str) -> str:
    """A key with all it holds."""
    read = {"stream": redis.xrange, "hash": redis.hgetall, "string": redis.get}[await redis.type(key)]
    return f"{key} {await read(key)}"


async def test_what_an_exception_carries_is_seen_nowhere(database_url: str, tmp_path: Path) -> None:
    await put_analyses(database_url)
    env = {
        "LOG_LEVEL": "DEBUG",
        "GOOGLE_API_KEY": API_KEY,
        "PLANTED_TOKEN": PLANTED_TOKEN,
    }
    launcher = ("-m", "tests.security.planted")
    formats: dict[str, Any] = {
        "gateway_env": {"LOG_FORMAT": "json"},
        "worker_env": {"LOG_FORMAT": "console"},
    }
    async with Stack(tmp_path, database_url=database_url, env=env, launcher=launcher, **formats) as stack:
        session = str(uuid4())
        victim = await stack.seed("alice", session)
        await victim.ask(f"Trip the gateway. {CONTENT}")
        assert await victim.closed() == 4500
        client = await stack.full("alice", session)
        turn = await client.collect_turn(await client.ask(f"Trip the graph. {CONTENT}"))
        assert (turn.ending["type"], turn.ending["code"]) == ("ai_error", "failed")
        assert (await client.collect_turn(await client.ask(f"Fine? {CONTENT}"))).ending[
            "type"
        ] == "ai_complete"

        secrets = [urlsplit(database_url).password or "", SECRET, API_KEY, PLANTED_TOKEN.split(".")[1]]
        assert all(secrets)
        for name, text in texts(tmp_path):
            for secret in (*secrets, CONTENT, "Zanzibar", "could not connect"):
                assert secret not in text, name
            assert "AFC is enabled" not in text
        gateway, worker = (dict(texts(tmp_path))[f"{name}-0.log"] for name in ("gateway", "agent_worker"))
        assert gateway.count("a frame failed") == 1
        assert worker.count("turn failed") == 1
        assert "PlantedError" in gateway
        assert "ExceptionGroup(ValueError) from PlantedError" in worker
        assert "planted.py" in worker
        assert "Task exception was never retrieved" in worker + gateway or "unhandled" in gateway
        for line in gateway.splitlines():
            assert (
                json.loads(line)["service"] == "gateway"
                if line.startswith("{")
                else "UserWarning" in line or line.startswith("  ")
            )

        stored = [str(dict(row)) for row in await stack.fetch("select * from chat_turns")]
        redis: Any = stack.redis()
        kept = [await whole(redis, key) for key in await redis.keys("*")]
        for secret in secrets:
            assert secret not in " ".join((*stored, *kept, *client.raw, *victim.raw))


async def test_the_last_words_of_a_crash_are_one_redacted_line() -> None:
    for package in ("gateway", "agent_worker"):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.security.planted", package, cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PLANTED_CRASH": package, "PLANTED_TOKEN": PLANTED_TOKEN, "JWT_SECRET": SECRET},
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, written = await process.communicate()
        [line] = written.decode().splitlines()
        said = json.loads(line)
        assert (said["event"], said["level"], said["error"]) == ("crashed", "critical", "PlantedError")
        assert SECRET not in line
        assert process.returncode == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("postgresql://alice:hunter2hunter2@db/x", "postgresql://alice:[redacted]@db/x"),
        ("redis://:hunter2hunter2@db/0 is away", "redis://:[redacted]@db/0 is away"),
        (f"GET /ws/chat/x?token={PLANTED_TOKEN} 101", "GET /ws/chat/x?token=[redacted] 101"),
        (f"Authorization: Bearer {PLANTED_TOKEN}", "Authorization: Bearer [redacted]"),
        ("key AIzaSyA0123456789abcdefghijkl", "key [redacted]"),
        ("https://model.example/v1?key=abcdefgh&alt=sse", "https://model.example/v1?key=[redacted]&alt=sse"),
        ("turn 0c0ffee0 took 12 ms", "turn 0c0ffee0 took 12 ms"),
    ],
)  # fmt: skip
def test_what_looks_like_a_secret_is_masked(text: str, kept: str) -> None:
    redact = Redactor(["a very own secret", "short"])
    assert redact(text) == kept
    assert redact("this is a very own secret, in short") == f"this is {MASK}, in short"


def test_an_exception_is_its_type_its_causes_and_its_place() -> None:
    try:
        try:
            raise KeyError("inner secret")
        except KeyError as error:
            raise ExceptionGroup("outer secret", [ValueError("x"), OSError("y")]) from error
    except ExceptionGroup as error:
        described = where(error)
    assert described["error"] == "ExceptionGroup(ValueError, OSError) from KeyError"
    assert described["at"].startswith("test_logs.py:")
    assert "secret" not in str(described)
