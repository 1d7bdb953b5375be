"""How a turn ended, as it is stored: read by the worker that tells it first and by whoever tells it again."""

from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from shared.frames.figures import read_figures, read_lookups
from shared.frames.turn_events import AiComplete, AiError, AnalysisRef, Usage

ENDING_COLUMNS = """
    t.user_id, t.session_id, t.turn_id, t.fence, t.attempt, t.error,
    m.id, m.content, m.finish_reason, m.context_ticker, m.analysis_id, m.model, m.usage, m.figures, m.lookups, a.as_of
"""
ENDING_SOURCE = """
    chat_turns t
    left join chat_messages m
           on (m.user_id, m.session_id, m.turn_id, m.role) = (t.user_id, t.session_id, t.turn_id, 'assistant')
    left join analysis_history a on a.id = m.analysis_id
"""
"""`select {ENDING_COLUMNS} from {ENDING_SOURCE} where t.status in ('complete', 'failed') ...`"""


class Ending(NamedTuple):
    """The last word of one turn, under the fence that ended it. `begun`: somebody may have published something of
    it before; a turn that was cancelled while it waited was never begun."""

    user: str
    session: UUID
    turn: UUID
    fence: int
    event: AiComplete | AiError
    begun: bool = True


class StoredError(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `chat_turns.error` holds."""

    code: str
    message: str
    retryable: bool
    retry_after_ms: int | None = None


def read_ending(row: asyncpg.Record) -> Ending:
    """Build the ending from a row of `ENDING_COLUMNS`."""
    event: AiComplete | AiError
    if row["id"] is None:
        stored = msgspec.json.decode(row["error"])
        event = msgspec.convert({**stored, "turn_id": row["turn_id"]}, AiError)
    else:
        analysis = row["analysis_id"]
        event = AiComplete(
            full_message=row["content"],
            turn_id=row["turn_id"],
            message_id=row["id"],
            finish_reason=row["finish_reason"],
            usage=msgspec.json.decode(row["usage"], type=Usage) if row["usage"] else Usage(),
            context=AnalysisRef(row["context_ticker"], analysis, row["as_of"]) if row["as_of"] else None,
            model=row["model"] or "",
            figures=read_figures(row["figures"]),
            lookups=read_lookups(row["lookups"]),
        )
    return Ending(row["user_id"], row["session_id"], row["turn_id"], row["fence"], event, row["attempt"] > 0)
