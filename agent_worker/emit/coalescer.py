"""Text that gathers while a flush is under way, and the length of what was published before it."""


class Coalescer:
    """Pure. `written` is everything the model wrote in this attempt, `published` how many of its bytes were sent."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._waiting: list[str] = []
        self.published = 0

    def add(self, text: str) -> None:
        """Take the next delta."""
        self._written.append(text)
        self._waiting.append(text)

    def take(self) -> str:
        """All that waits, as one piece; it counts as published from now on. Empty if nothing waits."""
        piece = "".join(self._waiting)
        self._waiting.clear()
        self.published += len(piece.encode())
        return piece

    def take_all(self) -> str:
        """Everything written, as one piece, for an attempt that is published again from the start."""
        self._waiting.clear()
        self.published = 0
        whole = self.text
        self.published = len(whole.encode())
        return whole

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._written)

    @property
    def waiting(self) -> bool:
        """Whether something waits to be published."""
        return bool(self._waiting)
