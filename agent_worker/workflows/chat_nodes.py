"""The steps of one answer: recall the conversation, read the analysis, let the model write, look up what it asks for."""

import datetime as dt
from contextlib import aclosing
from dataclasses import dataclass, field

from langchain_core.messages import BaseMessage, HumanMessage
from langgraph.runtime import Runtime

from agent_worker.analysis.companies import Turn, render
from agent_worker.analysis.company_source import CompanySource
from agent_worker.analysis.context import AnalysisContexts
from agent_worker.grounding.known import Facts
from agent_worker.memory.chat_history import ChatHistory, as_messages
from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.messages import model_message
from agent_worker.model.ports import ChatModel
from agent_worker.workflows.answer_check import AnswerCheck
from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    ContextLoaded,
    Emit,
    FinishReason,
    TextDelta,
    TurnQuestion,
)
from agent_worker.workflows.chat_state import ChatState
from agent_worker.workflows.look_ups import LookUps, Tools
from agent_worker.workflows.prompts import PROMPT_VERSION, system_message
from agent_worker.workflows.tools.limits import ROUNDS_MAX


@dataclass(slots=True)
class AnswerRun:
    """What one run of the graph is given beside its state, and what grows with its answer."""

    question: TurnQuestion
    emit: Emit
    look_ups: LookUps
    check: AnswerCheck | None = None
    wrote: bool = False
    spent: list[ModelChunk] = field(default_factory=list)
    """The last chunk of each call of the model: what it cost, who answered."""


class ChatNodes:
    """The nodes of the graph, with what they reach outside."""

    def __init__(
        self,
        history: ChatHistory,
        analyses: AnalysisContexts,
        companies: CompanySource,
        tools: Tools,
        model: ChatModel,
    ) -> None:
        self._history = history
        self._analyses = analyses
        self._companies = companies
        self._model = model
        self._tools = tools

    async def recall(self, state: ChatState, runtime: Runtime[AnswerRun]) -> dict[str, object]:
        """The messages of the conversation, the question asked now last; and whom they are about."""
        asked = runtime.context.question
        past = await self._history.before(asked.user_id, asked.session_id, asked.turn_id)
        finder = await self._companies.finder()
        turns = [Turn(*turn) for turn in past]
        subjects = finder.subjects(asked.content, asked.context_ticker, turns, dt.datetime.now(dt.UTC).date())
        messages = [*as_messages(past, asked.context_ticker), HumanMessage(asked.content)]
        return {"messages": messages, "subjects": subjects}

    async def read_analysis(self, state: ChatState, runtime: Runtime[AnswerRun]) -> dict[str, object]:
        """The analysis of the page; says which one it is."""
        asked = runtime.context.question
        context = await self._analyses.of(asked.context_ticker, asked.analysis_id)
        runtime.context.emit(ContextLoaded(context.ref))
        return {"page": context.page}

    async def answer(self, state: ChatState, runtime: Runtime[AnswerRun]) -> dict[str, object]:
        """One call of the model: text is emitted as it is written; it ends the answer, or in calls of tools.

        Raises `ModelError` or `AnswerCutError`.
        """
        run = runtime.context
        check = run.check = run.check or AnswerCheck(lambda: self._known(run.question, state))
        system = system_message(render(state["subjects"]), state["page"].block)
        prompt: list[BaseMessage] = [system, *state["messages"]]
        tools = self._tools.declarations if len(run.spent) < ROUNDS_MAX else ()
        texts, parts, calls, last = list[str](), list[object](), list[ToolCall](), ModelChunk()
        async with aclosing(self._model.stream(prompt, tools)) as chunks:
            async for last in chunks:
                if last.text:
                    texts.append(last.text)
                    run.emit(TextDelta(last.text, check.feed(last.text)))
                parts += last.parts
                calls += last.tool_calls
        turn = last._replace(text="".join(texts), parts=tuple(parts), tool_calls=tuple(calls))
        run.wrote = run.wrote or bool(texts)
        run.spent.append(last)
        if turn.tool_calls:
            if not tools:
                raise ModelError("model_error", "the model asks for tools without end")
            return {"messages": [model_message(turn)], "calls": turn.tool_calls}
        return {"messages": [model_message(turn)], "calls": (), "end": _end(turn, run, check)}

    async def look_up(self, state: ChatState, runtime: Runtime[AnswerRun]) -> dict[str, object]:
        """What the model asked for, side by side; it goes on with the results."""
        run = runtime.context
        messages, found = await run.look_ups.run(state["calls"])
        for result in found:
            if run.check is not None:
                run.check.learn(result.facts, result.text)
        return {"messages": messages}

    def _known(self, asked: TurnQuestion, state: ChatState) -> Facts:
        """What stood before the model at first: the page, and the question."""
        subjects, page = state["subjects"], state["page"]
        about = subjects.about
        subject = about[0].ticker if about else None
        return page.facts.of_turn(
            asked.content, subject=subject, names=self._companies.names, strangers=subjects.not_in_data
        )


def _end(last: ModelChunk, run: AnswerRun, check: AnswerCheck) -> AnswerEnd:
    return AnswerEnd(
        finish_reason(last, wrote=run.wrote),
        sum(call.input_tokens for call in run.spent),
        sum(call.output_tokens for call in run.spent),
        last.model,
        check.finish(),
        PROMPT_VERSION,
    )


def asks_for_tools(state: ChatState) -> str:
    """Where the graph goes on after a call of the model."""
    return "look_up" if state["calls"] else "done"


def finish_reason(last: ModelChunk, *, wrote: bool) -> FinishReason:
    """How the answer ended. Raises `AnswerCutError` if it did not end as an answer does."""
    reason = last.finish_reason
    if reason is None or reason == "error" or reason == "tool_calls":
        raise AnswerCutError(f"the model finished with {last.said or reason}")
    if reason == "stop" and not wrote:
        raise AnswerCutError("the model stopped without a word")
    return reason
