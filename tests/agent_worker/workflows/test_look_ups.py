"""Calls of the model, carried out beside each other and shown, within bounds."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from agent_worker.model.chunks import ToolCall
from agent_worker.workflows.answer_parts import LookedUp
from agent_worker.workflows.look_ups import AWAY, TABLES_BYTES, LookUps
from agent_worker.workflows.tools.result import ToolResult
from shared.frames.figures import Table


class Tools:
    """Results by name; `away` is a Postgres that is gone."""

    declarations: Sequence[Mapping[str, Any]] = ()

    def __init__(self, **results: ToolResult) -> None:
        self.results = results
        self.running = 0
        self.both = asyncio.Event()

    async def words(self, name: str, arguments: str) -> str:
        return f"Looking up {name}…"

    async def run(self, name: str, arguments: str) -> ToolResult:
        if name == "away":
            raise asyncpg.InterfaceError("closed")
        self.running += 1
        if self.running == 2:
            self.both.set()
        await self.both.wait()
        return self.results[name]


def calls(*names: str) -> list[ToolCall]:
    return [ToolCall(f"id-{number}", name, "{}") for number, name in enumerate(names)]


async def test_calls_run_side_by_side_and_come_back_in_their_order() -> None:
    seen: list[LookedUp] = []
    tools = Tools(a=ToolResult("A", words="Found A"), b=ToolResult("B", words="Nothing", status="failed"))
    messages, found = await asyncio.wait_for(LookUps(tools, seen.append).run(calls("a", "b")), 10)
    assert [(message.content, message.tool_call_id) for message in messages] == [("A", "id-0"), ("B", "id-1")]
    assert [result.text for result in found] == ["A", "B"]
    last = {part.lookup.n: part.lookup for part in seen}
    assert (last[1].words, last[1].status, last[2].status) == ("Found A", "ok", "failed")
    assert last[2].words == "Looking up b…", "what was looked up in vain is still said"


async def test_an_outage_is_a_result_the_model_can_go_on_with() -> None:
    seen: list[LookedUp] = []
    messages, found = await LookUps(Tools(), seen.append).run(calls("away"))
    assert ([message.content for message in messages], found) == ([AWAY], [])
    assert [part.lookup.status for part in seen] == ["running", "failed"]


async def test_tables_share_one_bound() -> None:
    seen: list[LookedUp] = []
    big = Table(["figure"], [["x" * (TABLES_BYTES * 2 // 3)]])
    tools = Tools(a=ToolResult("A", table=big), b=ToolResult("B", table=big))
    await LookUps(tools, seen.append).run(calls("a", "b"))
    assert [part.lookup.result for part in seen if part.lookup.status == "ok"].count(big) == 1
