"""The chat graph: recall and reading side by side, then the answer. Nodes and edges, nothing else."""

import asyncpg
from langgraph.graph import END, START, StateGraph

from agent_worker.analysis.context import AnalysisContexts
from agent_worker.memory.chat_history import ChatHistory
from agent_worker.model.ports import ChatModel
from agent_worker.workflows.answer_parts import AnswerEnd, Emit, TurnQuestion
from agent_worker.workflows.chat_nodes import ChatNodes, Run
from agent_worker.workflows.chat_state import ChatState


class ChatGraph:
    """Answers questions, any number at a time; keeps nothing of them."""

    def __init__(self, nodes: ChatNodes) -> None:
        graph = StateGraph(ChatState, context_schema=Run)
        graph.add_node("recall", nodes.recall)
        graph.add_node("read_analysis", nodes.read_analysis)
        graph.add_node("answer", nodes.answer)
        graph.add_edge(START, "recall")
        graph.add_edge(START, "read_analysis")
        graph.add_edge(["recall", "read_analysis"], "answer")
        graph.add_edge("answer", END)
        self._graph = graph.compile()

    async def answer(self, question: TurnQuestion, emit: Emit) -> AnswerEnd:
        """Emit one `ContextLoaded`, then `TextDelta`s; returns how the answer ended. Cancelling stops the model.

        Raises `ModelError`, `AnswerCutError`, and what asyncpg raises when Postgres is away.
        """
        start: ChatState = {"messages": [], "context_ticker": question.context_ticker, "analysis": ""}
        last = await self._graph.ainvoke(start, context=Run(question, emit))
        end: AnswerEnd = last["end"]
        return end


def build_chat_graph(pool: asyncpg.Pool, chat_model: ChatModel) -> ChatGraph:
    """The graph on `pool` and `chat_model`; whoever opened them closes them."""
    return ChatGraph(ChatNodes(ChatHistory(pool), AnalysisContexts(pool), chat_model))
