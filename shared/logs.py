"""Structured logs on stderr: ids, sizes and codes, never what people say, never a token or a key.

Everything passes here, also what libraries write and the last words of a process that crashes. Our own loggers
obey LOG_LEVEL. Those of libraries, which put whole URLs and requests into their lines, are heard from WARNING on,
and of their lines only the constant part is kept.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Literal

import structlog

from shared.redaction import Redactor, where

LogFormat = Literal["console", "json"]

OURS = ("__main__", "gateway", "agent_worker", "shared")
LIBRARY_LINE = 200


def configure_logs(service: str, *, level: str, log_format: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Set up structlog, and route the standard library's loggers through it. Called once, in `__main__`.

    `secrets` are masked wherever they stand.
    """
    redact = _Redact(Redactor(secrets))
    shared_steps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_constant_part)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared_steps,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, _number(level)), force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[*shared_steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    sys.excepthook = _last_words
    threading.excepthook = lambda args: _last_words(args.exc_type, args.exc_value, args.exc_traceback)


class _Redact:
    """The last step before a line is written: exceptions become type and place, texts lose their secrets."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, _: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        raised = event.pop("exc_info", None)
        event.pop("stack_info", None)
        if raised:
            error = raised if isinstance(raised, BaseException) else _exception(raised)
            if error is not None:
                event.update(where(error))
        return {name: self._clean(value) for name, value in event.items()}

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return self._redactor(value if isinstance(value, str) else repr(value))


def _exception(raised: object) -> BaseException | None:
    """The exception of what `exc_info` may be: True for the one at hand, or a tuple as of `sys.exc_info`."""
    found = raised if isinstance(raised, tuple) else sys.exc_info()
    return found[1] if len(found) > 1 and isinstance(found[1], BaseException) else None


def _constant_part(record: logging.LogRecord) -> bool:
    """Of a library's line keep its first line, before values are filled in: those may be anything."""
    if record.name.partition(".")[0] not in OURS and not isinstance(record.msg, dict):
        record.msg, record.args = (
            f"{record.name}: {str(record.msg).strip().partition(chr(10))[0]}"[:LIBRARY_LINE],
            (),
        )
    return True


def _last_words(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    described = where(error) if error is not None else {"error": kind.__name__}
    structlog.get_logger(__name__).critical("crashed", **described)


def log_unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop says that nobody caught."""
    found = structlog.get_logger(__name__)
    found.error("unhandled", what=str(context.get("message", "")), exc_info=context.get("exception"))


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level]
