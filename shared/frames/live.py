"""One event as it is published on a session's live channel: `<epoch> <seq> <frame>` (the scripts write it)."""

from typing import NamedTuple, Self


class Live(NamedTuple):
    """The frame is the very text a browser receives; it is not decoded."""

    epoch: str
    seq: int
    frame: str

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """Raises `ValueError` for what no script of ours published."""
        epoch, seq, frame = payload.decode().split(" ", 2)
        return cls(epoch, int(seq), frame)
