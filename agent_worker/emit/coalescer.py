"""Text that gathers while a flush is under way, and the length of what was told before it."""


class Coalescer:
    """Pure. `said` is everything the model wrote in this attempt, `told` how many of its bytes were sent."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._waiting: list[str] = []
        self.told = 0

    def add(self, text: str) -> None:
        """Take the next delta."""
        self._said.append(text)
        self._waiting.append(text)

    def take(self) -> str:
        """All that waits, as one piece; it counts as told from now on. Empty if nothing waits."""
        piece = "".join(self._waiting)
        self._waiting.clear()
        self.told += len(piece.encode())
        return piece

    def take_all(self) -> str:
        """Everything said, as one piece, for an attempt that is told again from the start."""
        self._waiting.clear()
        self.told = 0
        whole = self.text
        self.told = len(whole.encode())
        return whole

    @property
    def text(self) -> str:
        """Everything said so far."""
        return "".join(self._said)

    @property
    def waiting(self) -> bool:
        """Whether something waits to be told."""
        return bool(self._waiting)
