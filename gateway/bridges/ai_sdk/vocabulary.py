"""An answer as a UI message stream: one message, one step, one text; a reset drops the step's parts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.events import DONE, event
from gateway.bridges.port.proof import proof, proven_by
from gateway.bridges.port.refusals import Refusal, of_frame
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, AiReset, AiStart, FinishReason

FINISH: dict[FinishReason, str] = {"stop": "stop", "max_tokens": "length", "safety": "content-filter"}
HEADERS = {"x-vercel-ai-ui-message-stream": "v1"}


def error_words(why: Refusal) -> dict[str, str]:
    """A refusal as the body of an HTTP error."""
    return {"code": why.code, "message": why.message}


class UiMessageWords:
    """One streamed answer."""

    def __init__(self, session: UUID, turn: UUID) -> None:
        self.ended = False
        self._session = session
        self._turn = turn
        self._texts = 0
        self._text_open = False
        self._attempt = 0

    def open(self) -> Iterable[bytes]:
        """The message begins; its id is the turn's."""
        return [event({"type": "start", "messageId": self._turn}), event({"type": "start-step"})]

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """Metadata, text, tools, the ending."""
        match frame:
            case AiStart():
                about = {"session_id": self._session, "context": frame.context, "model": frame.model}
                return [event({"type": "message-metadata", "messageMetadata": about})]
            case AiReset():
                self._text_open = False
                return [event({"type": "reset-step"})]
            case AiChunk(content=content) if content:
                return [
                    *self._start_text(),
                    event({"type": "text-delta", "id": self._text, "delta": content}),
                ]
            case AiLookup():
                return self._tool(frame)
            case AiComplete():
                self.ended = True
                return self._end(frame)
            case AiError():
                return self.break_off(of_frame(frame))
        return []

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """An error; the protocol has one text for it."""
        self.ended = True
        return [event({"type": "error", "errorText": f"{why.message} ({why.code})"}), DONE]

    @property
    def _text(self) -> str:
        return f"text-{self._texts}"

    def _start_text(self) -> Iterable[bytes]:
        if not self._text_open:
            self._text_open = True
            self._texts += 1
            yield event({"type": "text-start", "id": self._text})

    def _tool(self, lookup: AiLookup) -> Iterable[bytes]:
        call: dict[str, Any] = {
            "toolCallId": f"{self._turn}-{lookup.attempt}-{lookup.n}",
            "providerExecuted": True,
            "dynamic": True,
        }
        asked = {"toolName": lookup.tool, "title": lookup.words, "input": {"words": lookup.words}}
        yield event({"type": "tool-input-available", **call, **asked})
        if lookup.status == "ok":
            output = {"sources": lookup.sources, "result": lookup.result}
            yield event({"type": "tool-output-available", **call, "output": output})
        elif lookup.status == "failed":
            yield event({"type": "tool-output-error", **call, "errorText": lookup.words})

    def _end(self, ending: AiComplete) -> Iterable[bytes]:
        if self._text_open:
            yield event({"type": "text-end", "id": self._text})
        for (ticker, analysis, revision), shown in proven_by(ending.figures).items():
            yield event(
                {
                    "type": "source-document",
                    "sourceId": f"{ticker}/{analysis}/{revision}",
                    "mediaType": "application/json",
                    "title": f"{ticker}, analysis of {shown[0][1].as_of}",
                }
            )
        yield event({"type": "finish-step"})
        about = {**proof(self._session, ending), "usage": ending.usage}
        if ending.finish_reason == "cancelled":
            yield event({"type": "message-metadata", "messageMetadata": about})
            yield event({"type": "abort", "reason": "cancelled"})
        else:
            reason = FINISH[ending.finish_reason]
            yield event({"type": "finish", "finishReason": reason, "messageMetadata": about})
        yield DONE
