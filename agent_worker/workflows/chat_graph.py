"""The chat graph: recall and reading side by side, then the answer, which may look things up and go on."""

import structlog
from langgraph.graph import END, START, StateGraph

from agent_worker.analysis.companies import Subjects
from agent_worker.analysis.company_source import CompanySource
from agent_worker.analysis.context import AnalysisContexts, Page
from agent_worker.memory.chat_history import ChatHistory
from agent_worker.model.errors import AnswerCutError
from agent_worker.model.ports import ChatModel
from agent_worker.workflows.answer_parts import AnswerEnd, Emit, TurnQuestion
from agent_worker.workflows.chat_nodes import AnswerRun, ChatNodes, asks_for_tools
from agent_worker.workflows.chat_state import ChatState
from agent_worker.workflows.look_ups import LookUps
from agent_worker.workflows.tools.toolbox import ToolBox
from shared.db.database import Database

log = structlog.get_logger(__name__)


class ChatGraph:
    """Answers questions, any number at a time; keeps nothing of them."""

    def __init__(self, nodes: ChatNodes, tools: ToolBox) -> None:
        graph = StateGraph(ChatState, context_schema=AnswerRun)
        graph.add_node("recall", nodes.recall)
        graph.add_node("read_analysis", nodes.read_analysis)
        graph.add_node("answer", nodes.answer)
        graph.add_node("look_up", nodes.look_up)
        graph.add_edge(START, "recall")
        graph.add_edge(START, "read_analysis")
        graph.add_edge(["recall", "read_analysis"], "answer")
        graph.add_conditional_edges("answer", asks_for_tools, {"look_up": "look_up", "done": END})
        graph.add_edge("look_up", "answer")
        self._graph = graph.compile()
        self._tools = tools

    def forget(self) -> None:
        """An import landed: what was kept of analyses and companies is read anew."""
        self._tools.forget()

    async def answer(self, question: TurnQuestion, emit: Emit) -> AnswerEnd:
        """Emit one `ContextLoaded`, then `TextDelta`s and `LookedUp`s; returns how the answer ended. Cancelling stops the
        model and what it looks up.

        Raises `ModelError`, `AnswerCutError`, and one of `UNAVAILABLE` when Postgres is away.
        """
        run = AnswerRun(question, emit, LookUps(self._tools, emit))
        start: ChatState = {"messages": [], "subjects": Subjects(None), "page": Page(""), "calls": ()}
        end: AnswerEnd | None = None
        async for update in self._graph.astream(start, context=run, stream_mode="updates"):
            for node, change in update.items():
                log.debug("node finished", node=node)
                end = change.get("end", end)
        if end is None:
            raise AnswerCutError("the graph came to no end")
        return end


def build_chat_graph(
    database: Database, model: ChatModel, companies: CompanySource | None = None
) -> ChatGraph:
    """The graph on these; whoever opened them closes them. Without `companies` it reads them from `database`."""
    companies = companies or CompanySource(database)
    tools = ToolBox(database, companies)
    return ChatGraph(
        ChatNodes(ChatHistory(database), AnalysisContexts(database), companies, tools, model), tools
    )
