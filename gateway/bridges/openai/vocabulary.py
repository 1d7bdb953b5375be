"""An answer as Chat Completions tells it: chunks, a usage chunk, `[DONE]`; or all at once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.events import DONE, event
from gateway.bridges.port.proof import proof
from gateway.bridges.port.refusals import Code, Refusal, of_frame, restarted
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiReset, FinishReason

FINISH: dict[FinishReason, str] = {
    "stop": "stop",
    "max_tokens": "length",
    "safety": "content_filter",
    "cancelled": "stop",
}
TYPES: dict[Code, str] = {
    "unauthorized": "authentication_error",
    "forbidden": "permission_error",
    "rate_limited": "rate_limit_error",
    "quota": "insufficient_quota",
}
CODES: dict[Code, str] = {
    "unauthorized": "invalid_api_key",
    "rate_limited": "rate_limit_exceeded",
    "quota": "insufficient_quota",
    "unknown_ticker": "model_not_found",
}


def error_words(why: Refusal) -> dict[str, Any]:
    """A refusal as an error body."""
    kind = TYPES.get(why.code, "invalid_request_error" if why.status < 500 else "server_error")
    param = "model" if why.code == "unknown_ticker" else None
    code = CODES.get(why.code, why.code)
    return {"error": {"message": why.message, "type": kind, "param": param, "code": code}}


def usage_words(ending: AiComplete) -> dict[str, int]:
    """Tokens, in these words."""
    usage = ending.usage
    return {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.input_tokens + usage.output_tokens,
    }


def completion(session: UUID, model: str, created: int, ending: AiComplete) -> dict[str, Any]:
    """A whole answer."""
    return {
        "id": f"chatcmpl-{ending.turn_id}",
        "object": "chat.completion",
        "created": created,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": ending.full_message, "refusal": None},
                "logprobs": None,
                "finish_reason": FINISH[ending.finish_reason],
            }
        ],
        "usage": usage_words(ending),
        "tickertalk": proof(session, ending),
    }


class ChunkWords:
    """One streamed answer. `created` in Unix seconds."""

    def __init__(self, session: UUID, turn: UUID, model: str, created: int, *, usage: bool) -> None:
        self.ended = False
        self._session = session
        self._head = {
            "id": f"chatcmpl-{turn}",
            "object": "chat.completion.chunk",
            "created": created,
            "model": model,
        }
        self._usage = usage
        self._said = False

    def open(self) -> Iterable[bytes]:
        """Who speaks."""
        return [self._chunk({"role": "assistant", "content": ""})]

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """Text and the ending; a text that was said cannot be taken back."""
        match frame:
            case AiChunk(content=content) if content:
                self._said = True
                return [self._chunk({"content": content})]
            case AiReset() if self._said:
                return self.break_off(restarted())
            case AiComplete():
                self.ended = True
                return self._end(frame)
            case AiError():
                return self.break_off(of_frame(frame))
        return []

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """An error in the stream; no `[DONE]`, for it is not done."""
        self.ended = True
        return [event(error_words(why))]

    def _end(self, ending: AiComplete) -> Iterable[bytes]:
        yield self._chunk({}, FINISH[ending.finish_reason], tickertalk=proof(self._session, ending))
        if self._usage:
            yield event({**self._head, "choices": [], "usage": usage_words(ending)})
        yield DONE

    def _chunk(self, delta: dict[str, str], finish: str | None = None, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._usage else {}
        return event({**self._head, "choices": [choice], **usage, **more})
