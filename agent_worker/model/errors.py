"""How a call of the model can fail, in words a user may read."""

from typing import Literal

ModelErrorCode = Literal["rate_limited", "quota", "model_error", "model_timeout"]

WORDS: dict[ModelErrorCode, str] = {
    "rate_limited": "The model is answering too many questions right now. Try again in a moment.",
    "quota": "The model's quota is used up. Try again later.",
    "model_error": "The model could not answer. Try again.",
    "model_timeout": "The model did not answer in time. Try again.",
}


FINAL = "The model could not answer this question."


class ModelError(Exception):
    """The model gave no answer, and nothing of one was seen. `message` is for users, `str(error)` for logs.

    `detail` says what happened in statuses and class names; never content, never a key.
    """

    def __init__(
        self, code: ModelErrorCode, detail: str, *, retryable: bool = True, retry_after_ms: int | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.message = WORDS[code] if retryable else FINAL
        self.retryable = retryable
        self.retry_after_ms = retry_after_ms


class AnswerCutError(Exception):
    """The stream broke, stalled or ended without a finish reason after its first chunk: never a whole answer.

    The turn may get another attempt. The text says how, for logs.
    """
