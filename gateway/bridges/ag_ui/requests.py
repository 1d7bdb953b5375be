"""What a run's input says, as far as it is believed."""

import re
from typing import Any

import msgspec

from gateway.bridges.port.names import Names, names_of
from gateway.bridges.port.question import Said, last_of_the_user, make_question, read_body, text_of
from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError

VERSION = "1.0"
_SPOKEN = re.compile(r"1(\.\d+)*")


class ContextItem(msgspec.Struct, frozen=True):
    """Something the host says of its page."""

    description: str = ""
    value: Any = None


class RunInput(msgspec.Struct, frozen=True, rename="camel"):
    """The body. Tools, state and the history are passed over."""

    thread_id: str
    run_id: str
    messages: msgspec.Raw
    protocol_version: str | None = None
    context: list[ContextItem] = []
    forwarded_props: Any = None


def asked_in(run: RunInput) -> tuple[Names, UserMessage]:
    """The question of a run. Raises `RefusedError`."""
    if run.protocol_version is not None and not _SPOKEN.fullmatch(run.protocol_version):
        raise RefusedError("invalid", f"protocolVersion: {VERSION} is spoken here.")
    message = last_of_the_user(read_body(run.messages, list[Said]))
    if not message.id:
        raise RefusedError("invalid", "A message has an id.")
    names = names_of(run.thread_id, message.id)
    return names, make_question(text_of(message.content), names.turn, _ticker(run))


def _ticker(run: RunInput) -> str | msgspec.UnsetType | None:
    """`forwardedProps.ticker`, else the context item that is called `ticker`."""
    found: Any = msgspec.UNSET
    for item in run.context:
        if item.description.strip().lower() == "ticker":
            found = item.value
    if isinstance(run.forwarded_props, dict):
        found = run.forwarded_props.get("ticker", found)
    if found is None or isinstance(found, str | msgspec.UnsetType):
        return found
    raise RefusedError("invalid", "ticker: a text, or null.")
