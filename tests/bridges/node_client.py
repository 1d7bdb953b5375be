"""The clients that speak JavaScript: one call each, in a process of Node's (web/scripts/bridges/)."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from tests.bridges.golden_player import Question
from tests.support.chat_client import token
from tests.support.stack import ROOT

NODE = Path(sys.executable).with_name("node")


async def through(script: str, url: str, user: str, question: Question, **more: Any) -> dict[str, Any]:
    """What a client hears. `more`: `history`, `again`, `resume`, `token`."""
    page = {} if question.ticker is None else {"ticker": question.ticker}
    call = {
        "url": url, "token": token(user), "thread": question.thread, "message": question.message,
        "content": question.content, "history": [], **page, **more,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        NODE, ROOT / "web" / "scripts" / "bridges" / f"{script}.ts",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await process.communicate(json.dumps(call).encode())
    assert process.returncode == 0, complained.decode()
    heard: dict[str, Any] = json.loads(said)
    return heard
