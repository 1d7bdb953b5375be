"""What a user may know of a failure: a code and fixed words, never an exception's text."""

from agent_worker.model.errors import AnswerCutError, ModelError
from shared.db.endings import StoredError

CUT = StoredError("model_error", "The answer broke off. Please ask again.", retryable=True)
UNEXPECTED = StoredError("failed", "This question could not be answered.", retryable=True)


def told_to_user(error: BaseException) -> StoredError:
    """The error as it is stored and shown."""
    match error:
        case ModelError():
            return StoredError(error.code, error.message, error.retryable, error.retry_after_ms)
        case AnswerCutError():
            return CUT
        case _:
            return UNEXPECTED
