"""Telling an answer in a protocol's words: what every vocabulary is, and how one is spoken."""

from collections.abc import AsyncIterator, Iterable
from typing import Protocol

import structlog
from litestar.types import ASGIApp

from gateway.bridges.port.answer_reader import AnswerFrame
from gateway.bridges.port.answers import Answer, ClosedError
from gateway.bridges.port.event_stream import event_stream
from gateway.bridges.port.raised import of_error
from gateway.bridges.port.refusals import Refusal
from gateway.wire.close_codes import Close, RefusedError

log = structlog.get_logger(__name__)


class Vocabulary(Protocol):
    """Pure. One answer in a protocol's words. After words that end it, nothing more is asked of it."""

    ended: bool

    def open(self) -> Iterable[bytes]:
        """What comes before the first frame."""
        ...

    def say(self, frame: AnswerFrame) -> Iterable[bytes]:
        """A frame in these words; perhaps in none."""
        ...

    def break_off(self, why: Refusal) -> Iterable[bytes]:
        """The stream ends without an ending."""
        ...


async def told(answer: Answer, vocabulary: Vocabulary) -> AsyncIterator[Iterable[bytes]]:
    """The answer's parts, each as soon as it is there."""
    yield vocabulary.open()
    try:
        async for frame in answer.frames():
            yield vocabulary.say(frame)
            if vocabulary.ended:
                return
    except ClosedError as error:
        yield vocabulary.break_off(of_error(error))
    except Exception:  # whatever it is, the client gets a code and fixed words
        log.exception("an answer could not be told")
        yield vocabulary.break_off(of_error(RefusedError("failed", Close.INTERNAL.reason)))


def streamed(answer: Answer, vocabulary: Vocabulary, headers: dict[str, str] | None = None) -> ASGIApp:
    """The response that tells this answer, and leaves it at the end."""
    return event_stream(told(answer, vocabulary), close=answer.close, headers=headers)
