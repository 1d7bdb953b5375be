"""What one run of the chat graph carries from node to node."""

from typing import Annotated, NotRequired, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages

from agent_worker.analysis.companies import Subjects
from agent_worker.analysis.context import Page
from agent_worker.model.chunks import ToolCall
from agent_worker.workflows.answer_parts import AnswerEnd


class ChatState(TypedDict):
    """The conversation, whom it is about, what the analysis of the page says; the calls of tools that wait for their
    results; at last the answer's end."""

    messages: Annotated[list[AnyMessage], add_messages]
    subjects: Subjects
    page: Page
    calls: tuple[ToolCall, ...]
    end: NotRequired[AnswerEnd]
