"""An answer as MCP streams it: progress while it is made, the result at its end. Nothing partial is said."""

from collections.abc import Iterable
from typing import Any

from gateway.bridges.mcp.catalogue import answered, not_answered
from gateway.bridges.mcp.rpc import Call, error_of, refusal, result
from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.events import named_event
from gateway.bridges.port.refusals import Refusal
from shared.frames.turn_events import AiComplete, AiError, AiLookup, AiStart


def ending_words(call: Call, version: str, thread: str, ending: AiComplete | AiError) -> dict[str, Any]:
    """The response of a call whose turn is over."""
    if isinstance(ending, AiError):
        return result(call, version, not_answered(f"{ending.message} ({ending.code})"))
    return result(call, version, answered(thread, ending))


class CallWords:
    """One streamed tool call."""

    def __init__(self, call: Call, version: str, thread: str) -> None:
        self.ended = False
        self._call = call
        self._version = version
        self._thread = thread
        self._steps = 0

    def open(self) -> Iterable[bytes]:
        """Nothing yet."""
        return []

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """Progress, or the end."""
        match frame:
            case AiStart():
                return self._progress("The answer is being written.")
            case AiLookup():
                return self._progress(frame.words)
            case AiComplete() | AiError():
                self.ended = True
                return [_message(ending_words(self._call, self._version, self._thread, frame))]
        return []

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """An error as the response."""
        self.ended = True
        return [_message(error_of(refusal(why), self._call))]

    def _progress(self, words: str) -> Iterable[bytes]:
        token = self._call.meta.get("progressToken")
        if isinstance(token, int | str):
            self._steps += 1
            params = {"progressToken": token, "progress": self._steps, "message": words}
            yield _message({"jsonrpc": "2.0", "method": "notifications/progress", "params": params})


def _message(body: dict[str, Any]) -> bytes:
    return named_event("message", body)
