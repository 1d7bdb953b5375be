"""What the server offers: one tool, and the analyses as resources. Pure."""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from gateway.bridges.port.names import MAX_ID_CHARS
from gateway.store.analyses import AnalysisRow
from gateway.wire.client_frames import CONTENT_CHARS
from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import AiComplete, AnalysisRef, FinishReason, Usage

NAME = "tickertalk"
INSTRUCTIONS = (
    "Analyses of stocks: a rating, a score, its reasons and figures. `ask` answers a question about them in words,"
    " with figures that are checked; resources analysis://{ticker} hold an analysis as data."
)
SCHEME = "analysis://"
JSON = "application/json"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_ID_CHARS)]


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The arguments of `ask`."""

    question: Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=CONTENT_CHARS, description="What to ask, in English or German."
        ),
    ]
    ticker: Annotated[
        str | msgspec.UnsetType,
        msgspec.Meta(description="The company it is about, if it is about one: KO."),
    ] = msgspec.UNSET
    thread_id: Annotated[
        Name | msgspec.UnsetType,
        msgspec.Meta(description="A conversation to go on with: what an earlier answer returned."),
    ] = msgspec.UNSET
    message_id: Annotated[
        Name | msgspec.UnsetType,
        msgspec.Meta(description="A name for this question: asked again under it, it is not asked twice."),
    ] = msgspec.UNSET


class Answered(msgspec.Struct, frozen=True):
    """The structured result of `ask`."""

    answer: str
    thread_id: str
    turn_id: UUID
    finish_reason: FinishReason
    model: str
    context: AnalysisRef | None
    usage: Usage
    figures: list[Figure]
    lookups: list[Lookup]


def answered(thread: str, ending: AiComplete) -> dict[str, Any]:
    """The result of the tool."""
    structured = Answered(
        ending.full_message, thread, ending.turn_id, ending.finish_reason, ending.model, ending.context,
        ending.usage, ending.figures, ending.lookups,
    )  # fmt: skip
    return {"content": [{"type": "text", "text": ending.full_message}], "structuredContent": structured}


def not_answered(message: str) -> dict[str, Any]:
    """The result of a tool that could do nothing; a model that called it reads why."""
    return {"content": [{"type": "text", "text": message}], "isError": True}


def _schema(shape: Any) -> dict[str, Any]:
    """A JSON Schema whose root is the object itself, as MCP wants it."""
    (_,), parts = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    root = parts.pop(shape.__name__)
    return {**root, "$defs": parts} if parts else root


TOOLS = [
    {
        "name": "ask",
        "title": "Ask about stock analyses",
        "description": "Answers a question about one company, several, or all of them; its figures are checked.",
        "inputSchema": _schema(Ask),
        "outputSchema": _schema(Answered),
        "annotations": {"readOnlyHint": False, "destructiveHint": False, "openWorldHint": False},
    }
]
TEMPLATES = [
    {
        "uriTemplate": SCHEME + "{ticker}",
        "name": "analysis",
        "title": "The newest analysis of a company",
        "mimeType": JSON,
    }
]


def resources(rows: list[AnalysisRow]) -> list[dict[str, Any]]:
    """Every company that is rated."""
    return [
        {
            "uri": SCHEME + row.ticker,
            "name": row.ticker,
            "title": f"{row.name}: {row.rating} on {row.as_of}",
            "mimeType": JSON,
        }
        for row in rows
        if row.rating is not None
    ]
