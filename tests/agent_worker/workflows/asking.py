"""Questions to a graph, and what it gives."""

from uuid import UUID, uuid4

from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    AnswerPart,
    TextDelta,
    TurnQuestion,
)
from agent_worker.workflows.chat_graph import ChatGraph


def asked(content: str, ticker: str | None = "ACME", session: UUID | None = None) -> TurnQuestion:
    return TurnQuestion("alice", session or uuid4(), uuid4(), content, ticker)


async def parts_of(graph: ChatGraph, question: TurnQuestion) -> list[AnswerPart | AnswerEnd]:
    parts: list[AnswerPart | AnswerEnd] = []
    parts.append(await graph.answer(question, parts.append))
    return parts


def words_of(parts: list[AnswerPart | AnswerEnd]) -> str:
    return "".join(part.text for part in parts if isinstance(part, TextDelta))
