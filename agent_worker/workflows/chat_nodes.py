"""The steps of one answer: recall the conversation, read the analysis, let the model write."""

from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.messages import AIMessage, HumanMessage
from langgraph.runtime import Runtime

from agent_worker.analysis.context import AnalysisContexts
from agent_worker.memory.chat_history import ChatHistory, as_messages
from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import AnswerCutError
from agent_worker.model.ports import ChatModel
from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    ContextLoaded,
    Emit,
    FinishReason,
    TextDelta,
    TurnQuestion,
)
from agent_worker.workflows.chat_state import ChatState
from agent_worker.workflows.prompts import system_message


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the graph is given beside its state."""

    question: TurnQuestion
    emit: Emit


class ChatNodes:
    """The nodes of the graph, with what they reach outside."""

    def __init__(self, history: ChatHistory, analyses: AnalysisContexts, model: ChatModel) -> None:
        self._history = history
        self._analyses = analyses
        self._model = model

    async def recall(self, state: ChatState, runtime: Runtime[Run]) -> dict[str, object]:
        """The messages of the conversation, the question asked now last."""
        asked = runtime.context.question
        past = await self._history.before(asked.user_id, asked.session_id, asked.turn_id)
        return {"messages": [*as_messages(past, state["context_ticker"]), HumanMessage(asked.content)]}

    async def read_analysis(self, state: ChatState, runtime: Runtime[Run]) -> dict[str, object]:
        """The analysis of the page; says which one it is."""
        context = await self._analyses.of(state["context_ticker"], runtime.context.question.analysis_id)
        runtime.context.emit(ContextLoaded(context.ref))
        return {"analysis": context.block}

    async def answer(self, state: ChatState, runtime: Runtime[Run]) -> dict[str, object]:
        """The model's answer, emitted as it is written. Raises `ModelError` or `AnswerCutError`."""
        emit = runtime.context.emit
        texts: list[str] = []
        chunk = ModelChunk()
        async with aclosing(
            self._model.stream([system_message(state["analysis"]), *state["messages"]])
        ) as chunks:
            async for chunk in chunks:
                if chunk.tool_calls:
                    raise AnswerCutError("the model asked for a tool, and was given none")
                if chunk.text:
                    texts.append(chunk.text)
                    emit(TextDelta(chunk.text))
        end = AnswerEnd(
            finish_reason(chunk, wrote=bool(texts)), chunk.input_tokens, chunk.output_tokens, chunk.model
        )
        return {"messages": [AIMessage("".join(texts))], "end": end}


def finish_reason(last: ModelChunk, *, wrote: bool) -> FinishReason:
    """How the answer ended. Raises `AnswerCutError` if it did not end as an answer does."""
    reason = last.finish_reason
    if reason is None or reason == "error" or reason == "tool_calls":
        raise AnswerCutError(f"the model finished with {last.said or reason}")
    if reason == "stop" and not wrote:
        raise AnswerCutError("the model stopped without a word")
    return reason
