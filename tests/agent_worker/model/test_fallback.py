"""A second model before the first word, and never after it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.fallback import FallbackModel
from agent_worker.model.messages import model_message, tool_message
from agent_worker.model.ports import Tool

QUESTION = HumanMessage("Why?")
BUSY = ModelError("rate_limited", "HTTP 429", retry_after_ms=9000)
WRONG = ModelError("model_error", "HTTP 400", retryable=False)
CALL = ToolCall("c", "find", "{}")


class Scripted:
    """Yields texts and raises errors, in the given order; then ends well."""

    def __init__(self, name: str, *steps: str | Exception) -> None:
        self.name = name
        self.steps = steps
        self.asked = 0
        self.closed = 0

    async def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        self.asked += 1
        try:
            for step in self.steps:
                if isinstance(step, Exception):
                    raise step
                yield ModelChunk(step)
            yield ModelChunk("", "stop", model=self.name)
        finally:
            self.closed += 1


async def answer(model: FallbackModel, *messages: BaseMessage) -> ModelChunk:
    whole = ModelChunk()
    async for chunk in model.stream(messages or [QUESTION]):
        whole = whole.then(chunk)
    return whole


async def test_the_first_answers_when_it_can() -> None:
    first, second = Scripted("a", "from a"), Scripted("b", "from b")
    model = FallbackModel(first, second)
    whole = await answer(model)
    assert (whole.text, whole.model, model.name, second.asked) == ("from a", "a", "a", 0)


@pytest.mark.parametrize("error", [BUSY, WRONG])
async def test_the_second_answers_when_the_first_says_nothing(error: ModelError) -> None:
    first, second = Scripted("a", error), Scripted("b", "from b")
    model = FallbackModel(first, second)
    assert model.name == "a"
    whole = await answer(model)
    assert (whole.text, whole.model, model.name) == ("from b", "b", "b")
    first.steps = ("from a",)
    assert (await answer(model)).model == model.name == "a"  # the next question begins with the first again


async def test_an_answer_that_began_is_not_begun_elsewhere() -> None:
    for cut in (AnswerCutError("the stream broke"), BUSY):
        first, second = Scripted("a", "Half", cut), Scripted("b", "from b")
        with pytest.raises(type(cut)):
            await answer(FallbackModel(first, second))
        assert second.asked == 0


@pytest.mark.parametrize(
    ("one", "other", "told"), [(BUSY, WRONG, BUSY), (WRONG, BUSY, BUSY), (WRONG, WRONG, WRONG)]
)
async def test_when_both_fail_the_one_that_may_recover_is_told(
    one: ModelError, other: ModelError, told: ModelError
) -> None:
    model = FallbackModel(Scripted("a", one), Scripted("b", other))
    with pytest.raises(ModelError) as caught:
        await answer(model)
    assert caught.value is told


async def test_other_errors_are_not_hidden() -> None:
    second = Scripted("b", "from b")
    with pytest.raises(ZeroDivisionError):
        await answer(FallbackModel(Scripted("a", ZeroDivisionError()), second))
    assert second.asked == 0


async def test_who_called_a_tool_finishes_the_turn() -> None:
    first, second = Scripted("a", "from a"), Scripted("b", "from b")
    model = FallbackModel(first, second)
    for name in ("b", "a"):
        turn = model_message(ModelChunk("", "tool_calls", tool_calls=(CALL,), model=name))
        whole = await answer(model, QUESTION, turn, tool_message(CALL, "r"))
        assert whole.model == name
    turn = model_message(ModelChunk("Done.", "stop", model="b"))
    assert (await answer(model, QUESTION, turn, HumanMessage("And?"))).model == "a"


async def test_closing_closes_the_one_that_writes() -> None:
    first, second = Scripted("a", BUSY), Scripted("b", "from", "b")
    async with aclosing(FallbackModel(first, second).stream([QUESTION])) as chunks:
        await anext(chunks)
        assert (first.closed, second.closed) == (1, 0)
    assert second.closed == 1
