"""The look-ups of one answer: calls of the model run against the tools, side by side, within bounds, and shown."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec
import structlog
from langchain_core.messages import ToolMessage

from agent_worker.model.chunks import ToolCall
from agent_worker.model.messages import tool_message
from agent_worker.workflows.answer_parts import LookedUp
from agent_worker.workflows.tools.limits import CALLS_MAX
from agent_worker.workflows.tools.result import ToolResult
from shared.db.database import UNAVAILABLE
from shared.frames.figures import Lookup, LookupStatus, Table

TABLES_BYTES = 8 * 1024
"""So much all tables of one answer may hold together: they travel with every copy of it."""

NO_MORE = "ERROR: no more look-ups for this question. Answer with what you have."
AWAY = "ERROR: the data cannot be read right now. Say so, and answer with what you have."

log = structlog.get_logger(__name__)


class Tools(Protocol):
    """What a model may call."""

    @property
    def declarations(self) -> Sequence[Mapping[str, Any]]:
        """Name, description and parameters (a JSON schema) of each."""
        ...

    async def words(self, name: str, arguments: str) -> str:
        """What a reader sees while the call runs."""
        ...

    async def run(self, name: str, arguments: str) -> ToolResult:
        """Carry out a call; a mistake in it is a result that names it. Raises one of `UNAVAILABLE`."""
        ...


class LookUps:
    """Carries out the calls of one answer. `emit` gets every change of a look-up."""

    def __init__(self, tools: Tools, emit: Callable[[LookedUp], None]) -> None:
        self._tools = tools
        self._emit = emit
        self._calls = 0
        self._left = TABLES_BYTES

    async def run(self, calls: Sequence[ToolCall]) -> tuple[list[ToolMessage], list[ToolResult]]:
        """The results in the order of the calls, as messages, and those that were found. Cancelling cancels them all."""
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(self._run(call)) for call in calls]
        results = [task.result() for task in running]
        messages = [
            tool_message(call, result if isinstance(result, str) else result.text)
            for call, result in zip(calls, results, strict=True)
        ]
        return messages, [result for result in results if not isinstance(result, str)]

    async def _run(self, call: ToolCall) -> ToolResult | str:
        self._calls += 1
        number = self._calls
        if number > CALLS_MAX:
            return NO_MORE
        lookup = Lookup(number, call.name, "Looking up…", "running", [])
        try:
            lookup = msgspec.structs.replace(lookup, words=await self._tools.words(call.name, call.arguments))
            self._emit(LookedUp(lookup))
            result = await self._tools.run(call.name, call.arguments)
        except (*UNAVAILABLE, TimeoutError) as error:
            log.warning("a look-up failed", tool=call.name, error=type(error).__name__)
            self._emit(LookedUp(msgspec.structs.replace(lookup, status="failed")))
            return AWAY
        status: LookupStatus = "ok" if result.status == "ok" else "failed"
        self._emit(
            LookedUp(
                msgspec.structs.replace(
                    lookup, words=result.words if status == "ok" else lookup.words, status=status, sources=list(result.sources), result=self._fitting(result.table)
                )
            )
        )  # fmt: skip
        return result

    def _fitting(self, table: Table | None) -> Table | None:
        """The table, as long as all of them stay within their bound."""
        if table is None:
            return None
        size = len(msgspec.json.encode(table))
        if size > self._left:
            return None
        self._left -= size
        return table
