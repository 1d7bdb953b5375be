"""An answer as AG-UI events: one run, one message, tool calls; a reset shows the messages as they were before."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from gateway.bridges.ag_ui.requests import VERSION, RunInput
from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.events import event
from gateway.bridges.port.proof import proof
from gateway.bridges.port.refusals import Refusal, of_frame
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, AiReset


def error_words(why: Refusal) -> dict[str, str]:
    """A refusal as the event that ends a run."""
    return {"type": "RUN_ERROR", "message": why.message, "code": why.code}


class RunWords:
    """One run. A request without a protocol version comes from before 1.0: it is told no outcome and no usage."""

    def __init__(self, run: RunInput, session: UUID, turn: UUID) -> None:
        self.ended = False
        self._run = run
        self._session = session
        self._turn = turn
        self._messages = 0
        self._message_open = False
        self._calls: set[int] = set()

    def open(self) -> Iterable[bytes]:
        """The run begins."""
        version = {"protocolVersion": VERSION} if self._run.protocol_version else {}
        return [event({"type": "RUN_STARTED", **self._ids(), **version})]

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """Text, tool calls, the ending."""
        match frame:
            case AiReset():
                return self._take_back()
            case AiChunk(content=content) if content:
                return [*self._start_message(), self._content(content)]
            case AiLookup():
                return self._call(frame)
            case AiComplete():
                self.ended = True
                return self._end(frame)
            case AiError():
                return self.break_off(of_frame(frame))
        return []

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """The run fails."""
        self.ended = True
        return [event(error_words(why))]

    @property
    def _message(self) -> str:
        return f"{self._turn}-{self._messages}"

    def _ids(self) -> dict[str, str]:
        return {"threadId": self._run.thread_id, "runId": self._run.run_id}

    def _start_message(self) -> Iterable[bytes]:
        if not self._message_open:
            self._message_open = True
            self._messages += 1
            yield event({"type": "TEXT_MESSAGE_START", "messageId": self._message, "role": "assistant"})

    def _content(self, delta: str) -> bytes:
        return event({"type": "TEXT_MESSAGE_CONTENT", "messageId": self._message, "delta": delta})

    def _end_message(self) -> Iterable[bytes]:
        if self._message_open:
            self._message_open = False
            yield event({"type": "TEXT_MESSAGE_END", "messageId": self._message})

    def _take_back(self) -> Iterable[bytes]:
        yield from self._end_message()
        self._calls.clear()
        yield event({"type": "MESSAGES_SNAPSHOT", "messages": self._run.messages})

    def _call(self, lookup: AiLookup) -> Iterable[bytes]:
        call = {"toolCallId": f"{self._turn}-{lookup.attempt}-{lookup.n}"}
        if lookup.n not in self._calls:
            self._calls.add(lookup.n)
            parent = {"parentMessageId": self._message} if self._message_open else {}
            yield event({"type": "TOOL_CALL_START", **call, "toolCallName": lookup.tool, **parent})
            asked = msgspec.json.encode({"words": lookup.words}).decode()
            yield event({"type": "TOOL_CALL_ARGS", **call, "delta": asked})
            yield event({"type": "TOOL_CALL_END", **call})
        if lookup.status != "running":
            found: dict[str, Any] = {"status": lookup.status, "sources": lookup.sources}
            content = msgspec.json.encode({**found, "result": lookup.result}).decode()
            result = {"messageId": f"{call['toolCallId']}-result", "content": content, "role": "tool"}
            yield event({"type": "TOOL_CALL_RESULT", **call, **result})

    def _end(self, ending: AiComplete) -> Iterable[bytes]:
        yield from self._end_message()
        yield event({"type": "CUSTOM", "name": "tickertalk", "value": proof(self._session, ending)})
        finished: dict[str, Any] = {"type": "RUN_FINISHED", **self._ids()}
        if self._run.protocol_version:
            cancelled = ending.finish_reason == "cancelled"
            finished["outcome"] = {"type": "cancelled" if cancelled else "success"}
            usage = ending.usage
            finished["usage"] = [
                {
                    "model": ending.model,
                    "inputTokens": usage.input_tokens,
                    "outputTokens": usage.output_tokens,
                    "totalTokens": usage.input_tokens + usage.output_tokens,
                }
            ]
        yield event(finished)
