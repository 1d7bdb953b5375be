"""The clients in docs/bridges.md do what the page says: run as they stand, they print the stored answer."""

import asyncio
import os
import re
import sys

import pytest

from tests.bridges.node_client import NODE
from tests.support.chat_client import token
from tests.support.stack import ROOT, Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = (ROOT / "docs" / "bridges.md").read_text("utf-8")
CLIENTS = re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```(python|js)\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)


async def test_there_is_a_client_for_each_protocol() -> None:
    assert [name for name, _, _ in CLIENTS] == ["OpenAI", "MCP", "AI SDK", "AG-UI", "OpenBB"]


@pytest.mark.parametrize(("name", "language", "code"), CLIENTS, ids=[name for name, _, _ in CLIENTS])
async def test_a_client_prints_the_stored_answer(
    stack: Stack, user: str, name: str, language: str, code: str
) -> None:
    command = (
        [sys.executable, "-c", code] if language == "python" else [NODE, "--input-type=module", "-e", code]
    )
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT / "web",  # where the JavaScript clients are installed
        env={"PATH": os.environ["PATH"], "TICKERTALK_URL": stack.url, "TICKERTALK_TOKEN": token(user)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert said.decode() == row["content"]
