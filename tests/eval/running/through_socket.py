"""The whole system as processes, asked through its WebSocket: what a browser would get."""

import datetime as dt
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from deploy.sample.__main__ import load
from shared.frames.figures import Figure
from tests.eval.asked import Asked, Case
from tests.eval.market import Market
from tests.eval.reply import Given
from tests.support.chat_client import ChatClient
from tests.support.stack import Stack

PLENTY = "100000"
PATIENCE = 120.0
"""Seconds for one answer at the pace of reading, on a machine that does other things."""


class SocketAnswerer:
    """Opens a socket for every conversation."""

    def __init__(self, stack: Stack, analyses: Mapping[tuple[str, dt.date], int], known: Market) -> None:
        self._stack, self._analyses, self._known = stack, analyses, known

    async def converse(self, case: Case) -> list[Given]:
        client = await self._stack.full("eval")
        given = [await self._answer(client, asked) for asked in case.turns]
        await client.close()
        return given

    async def _answer(self, client: ChatClient, asked: Asked) -> Given:
        began = time.monotonic()
        fields: dict[str, Any] = {"context_ticker": asked.page}
        if asked.back and asked.page:
            day = self._known.analysis(asked.page, asked.back).as_of
            fields["analysis_id"] = self._analyses[asked.page, day]
        turn = await client.collect_turn(await client.ask(asked.text, **fields), timeout=PATIENCE)
        ending, seconds = turn.ending, time.monotonic() - began
        if ending["type"] != "ai_complete":
            return Given("", [], [], seconds=seconds, error=f"{ending.get('code')}: {ending.get('message')}")
        if turn.text != ending["full_message"]:
            return Given(turn.text, [], [], seconds=seconds, error="the chunks are not the full message")
        return Given(
            turn.text,
            msgspec.convert(ending["figures"], list[Figure]),
            [lookup["tool"] for lookup in ending["lookups"]],
            ending["usage"]["input_tokens"],
            ending["usage"]["output_tokens"],
            seconds,
        )


@asynccontextmanager
async def open_socket(folder: Path, database_url: str, known: Market) -> AsyncIterator[SocketAnswerer]:
    """Load the sample, start one gateway, one worker and the offline model before them."""
    await load(database_url, known.figures, known.made)
    limits = {"MAX_SOCKETS_PER_USER": PLENTY, "MAX_SOCKETS_PER_ADDRESS": PLENTY}
    stack = Stack(
        folder, database_url=database_url, env={"MESSAGE_RATE": PLENTY}, gateway_env=limits, offline=True
    )
    async with stack:
        rows = await stack.fetch("select id, ticker, as_of from analysis_history")
        yield SocketAnswerer(stack, {(row["ticker"], row["as_of"]): row["id"] for row in rows}, known)
