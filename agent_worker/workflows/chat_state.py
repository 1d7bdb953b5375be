"""What one run of the chat graph carries from node to node."""

from typing import Annotated, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages


class ChatState(TypedDict):
    """The conversation, the page it is held beside, and what the analysis of that page says."""

    messages: Annotated[list[AnyMessage], add_messages]
    context_ticker: str | None
    analysis: str
