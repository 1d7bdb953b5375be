"""What one run of the chat graph carries from node to node."""

from typing import Annotated, NotRequired, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages

from agent_worker.workflows.answer_parts import AnswerEnd


class ChatState(TypedDict):
    """The conversation, the page it is held beside, what the analysis of that page says; at last the answer's end."""

    messages: Annotated[list[AnyMessage], add_messages]
    context_ticker: str | None
    analysis: str
    end: NotRequired[AnswerEnd]
