"""What the evaluation needs of whoever answers."""

from typing import Protocol

from tests.eval.asked import Case
from tests.eval.reply import Given


class Answerer(Protocol):
    """Holds conversations; several at a time."""

    async def converse(self, case: Case) -> list[Given]:
        """The answers to the questions of one conversation, in order. An answer that failed says so in `error`."""
