"""Story 3: a LangGraph of two nodes, loading the conversation and answering it.

Prompt and analysis block are the product's own, block cache included, so that both send the model the same.
"""

from typing import Annotated, Any, TypedDict

import asyncpg
from langchain_core.messages import AnyMessage
from langchain_google_genai import ChatGoogleGenerativeAI
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages

from agent_worker.analysis.context import AnalysisContexts
from agent_worker.workflows.prompts import system_message
from shared.db.database import Database
from tests.bench.monolith.chat_messages import history


class ChatState(TypedDict):
    """Whose conversation, its messages, and the stock they are viewing."""

    user: str
    session_id: str
    context_ticker: str | None
    messages: Annotated[list[AnyMessage], add_messages]
    analysis: str


def build_chat_graph(pool: asyncpg.Pool, llm: ChatGoogleGenerativeAI) -> Any:
    """The compiled graph."""
    analyses = AnalysisContexts(Database(pool))

    async def load(state: ChatState) -> dict[str, object]:
        messages = await history(pool, state["user"], state["session_id"])
        context = await analyses.of(state["context_ticker"])
        return {"messages": messages, "analysis": context.page.block}

    async def chat(state: ChatState) -> dict[str, object]:
        answer = await llm.ainvoke([system_message("", state["analysis"]), *state["messages"]])
        return {"messages": [answer]}

    graph = StateGraph(ChatState)
    graph.add_node("load", load)
    graph.add_node("chat", chat)
    graph.add_edge(START, "load")
    graph.add_edge("load", "chat")
    graph.add_edge("chat", END)
    return graph.compile()
