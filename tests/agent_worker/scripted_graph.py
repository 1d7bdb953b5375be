"""A graph that does what the test says, in place of LangGraph and a model."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from agent_worker.workflows.answer_parts import AnswerEnd, AnswerPart, ContextLoaded, TextDelta, TurnQuestion

Script = Callable[[int], AsyncGenerator[AnswerPart, None]]


class ScriptedGraph:
    """An `AnswerGraph` that runs the test's generator, told how often it was asked before."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.calls = 0

    def answer(self, question: TurnQuestion) -> AsyncGenerator[AnswerPart, None]:
        self.calls += 1
        return self._script(self.calls)


async def whole(_: int) -> AsyncGenerator[AnswerPart, None]:
    yield ContextLoaded(None)
    for word in ("It ", "is ", "so."):
        yield TextDelta(word)
        await asyncio.sleep(0)
    yield AnswerEnd("stop", 10, 3)
