"""What may be logged of an exception: its type and where it was raised. Its text may hold a secret."""

import logging
import traceback


def where(error: BaseException) -> dict[str, str]:
    """`error` and `at` (innermost frames last) for a log line."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    at = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    return {"error": type(error).__name__, "at": at}


class RedactExceptions(logging.Filter):
    """For loggers of libraries, which write exceptions with their text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record; replace its exception by type and place."""
        if record.exc_info and record.exc_info[1] is not None:
            found = where(record.exc_info[1])
            record.msg = f"{record.getMessage().strip()}: {found['error']} at {found['at']}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True
