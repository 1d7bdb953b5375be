"""A graph that does what the test says, in place of LangGraph and a model."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from agent_worker.model.errors import AnswerCutError
from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    AnswerPart,
    ContextLoaded,
    Emit,
    TextDelta,
    TurnQuestion,
)

Parts = AsyncGenerator[AnswerPart | AnswerEnd, None]
Script = Callable[[int], Parts]


class ScriptedGraph:
    """An `AnswerGraph` that runs the test's generator, told how often it was asked before."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.calls = 0

    async def answer(self, question: TurnQuestion, emit: Emit) -> AnswerEnd:
        self.calls += 1
        async with aclosing(self._script(self.calls)) as parts:
            async for part in parts:
                if isinstance(part, AnswerEnd):
                    return part
                emit(part)
        raise AnswerCutError("the script ended without an end")


async def whole(_: int) -> Parts:
    yield ContextLoaded(None)
    for word in ("It ", "is ", "so."):
        yield TextDelta(word)
        await asyncio.sleep(0)
    yield AnswerEnd("stop", 10, 3)
