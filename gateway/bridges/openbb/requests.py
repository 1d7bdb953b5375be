"""What an OpenBB query says, as far as it is believed: the last question, and the ticker of a primary widget."""

from typing import Any

import msgspec

from gateway.bridges.port.names import Names, names_of
from gateway.bridges.port.question import Said, digest, last_of_the_user, make_question
from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError

TICKER_NAMES = frozenset({"ticker", "symbol"})


class WidgetParam(msgspec.Struct, frozen=True):
    """A parameter of a widget."""

    name: str = ""
    type: str = ""
    current_value: Any = None


class Widget(msgspec.Struct, frozen=True):
    """A widget that the user put beside the question."""

    params: list[WidgetParam] = []


class Widgets(msgspec.Struct, frozen=True):
    """The widgets by how much they matter."""

    primary: list[Widget] = []


class Query(msgspec.Struct, frozen=True):
    """The body. Widgets' data, tools, keys and the history are passed over."""

    messages: list[Said]
    widgets: Widgets | None = None


def asked_in(query: Query, *, thread: str | None, key: str | None) -> tuple[Names, UserMessage]:
    """The question of a query; the protocol has no ids, so they are headers, or the same messages are the same question.

    Raises `RefusedError`.
    """
    names = names_of(thread or key, key or digest(query.messages))
    content = last_of_the_user(query.messages, "human").content
    try:
        text = msgspec.json.decode(content, type=str)
    except msgspec.ValidationError:
        raise RefusedError("invalid", "A question is a text.") from None
    return names, make_question(text, names.turn, _ticker(query))


def _ticker(query: Query) -> str | msgspec.UnsetType:
    for widget in query.widgets.primary if query.widgets else ():
        for param in widget.params:
            named = param.type == "ticker" or param.name.lower() in TICKER_NAMES
            if named and isinstance(param.current_value, str) and param.current_value:
                return param.current_value
    return msgspec.UNSET
