"""What an answer brings beside its text, for protocols that have a place for what is not theirs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shared.frames.figures import Figure, Source
from shared.frames.turn_events import AiComplete


def proof(session: UUID, ending: AiComplete) -> dict[str, Any]:
    """Where the answer is stored, what it was answered from, and what was found out about its figures."""
    return {
        "session_id": session,
        "turn_id": ending.turn_id,
        "finish_reason": ending.finish_reason,
        "model": ending.model,
        "context": ending.context,
        "figures": ending.figures,
        "lookups": ending.lookups,
    }


def proven_by(figures: Iterable[Figure]) -> dict[tuple[str, int | None, int], list[tuple[Figure, Source]]]:
    """The verified figures by the analysis (ticker, id, revision) that proves them, each with its place there."""
    proven: dict[tuple[str, int | None, int], list[tuple[Figure, Source]]] = {}
    for figure in figures:
        if figure.state == "verified":
            for source in (figure.source, *figure.operands):
                if source is not None:
                    key = (source.ticker, source.analysis_id, source.revision)
                    proven.setdefault(key, []).append((figure, source))
    return proven
