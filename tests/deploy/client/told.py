"""A conversation, and what it is told."""

from deploy.client.conversation import Conversation, Frame
from tests.deploy.client.frames import (
    ready,
    snapshot,
)


def opened() -> Conversation:
    conversation = Conversation()
    conversation.apply(ready(), None)
    conversation.apply(snapshot(), None)
    return conversation


def tell(conversation: Conversation, *events: Frame, after: int = 0) -> None:
    for seq, event in enumerate(events, after + 1):
        conversation.apply(event, seq)
