"""An answer as OpenBB's events: text, status, tables, and citations from verified figures."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.events import named_event
from gateway.bridges.port.proof import proven_by
from gateway.bridges.port.refusals import Refusal, of_frame, restarted
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, AiReset


def error_words(why: Refusal) -> dict[str, str]:
    """A refusal as the body of an HTTP error."""
    return {"detail": why.message, "code": why.code}


def agents(query: str) -> dict[str, Any]:
    """What OpenBB shows of the agent; `query` is where it is asked."""
    return {
        "tickertalk": {
            "name": "Tickertalk",
            "description": "Answers about stock analyses, with figures that are checked against them.",
            "endpoints": {"query": query},
            "features": {
                "streaming": True,
                "widget-dashboard-select": True,
                "widget-dashboard-search": False,
            },
        }
    }


class CopilotWords:
    """One streamed answer."""

    def __init__(self, turn: UUID) -> None:
        self.ended = False
        self._turn = turn
        self._said = False

    def open(self) -> Iterable[bytes]:
        """Nothing: the protocol begins with its first words."""
        return []

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """Text, status, the ending; a text that was said cannot be taken back."""
        match frame:
            case AiChunk(content=content) if content:
                self._said = True
                return [named_event("copilotMessageChunk", {"delta": content})]
            case AiReset() if self._said:
                return self.break_off(restarted())
            case AiLookup():
                return [_status("WARNING" if frame.status == "failed" else "INFO", frame.words)]
            case AiComplete():
                self.ended = True
                return self._end(frame)
            case AiError():
                return self.break_off(of_frame(frame))
        return []

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """An error; the protocol has a status for it."""
        self.ended = True
        return [_status("ERROR", f"{why.message} ({why.code})")]

    def _end(self, ending: AiComplete) -> Iterable[bytes]:
        for lookup in ending.lookups:
            if lookup.result is not None:
                columns = lookup.result.columns
                table = {
                    "type": "table",
                    "name": lookup.tool,
                    "description": lookup.words,
                    "uuid": uuid5(self._turn, f"table {lookup.n}"),
                    "content": [dict(zip(columns, row, strict=False)) for row in lookup.result.rows],
                }
                yield named_event("copilotMessageArtifact", table)
        citations = [
            {
                "id": uuid5(self._turn, f"{ticker}/{analysis}/{revision}"),
                "source_info": {
                    "type": "direct retrieval",
                    "origin": "tickertalk",
                    "name": f"{ticker}, analysis of {shown[0][1].as_of}",
                    "metadata": {"ticker": ticker, "analysis_id": analysis, "revision": revision},
                },
                "details": [
                    {"Figure": figure.text, "Where": source.where, "Shown there": source.shown}
                    for figure, source in shown
                ],
            }
            for (ticker, analysis, revision), shown in proven_by(ending.figures).items()
        ]
        if citations:
            yield named_event("copilotCitationCollection", {"citations": citations})
        if ending.finish_reason == "cancelled":
            yield _status("WARNING", "The answer was stopped.")


def _status(kind: str, message: str) -> bytes:
    return named_event("copilotStatusUpdate", {"eventType": kind, "message": message, "group": "reasoning"})
