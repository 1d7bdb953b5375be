"""Server-sent events, as far as the Gemini API uses them: `data:` lines, an empty line between events."""


class EventSplitter:
    """Gathers bytes as they come off the network, and gives back the data of each event that is whole."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, received: bytes) -> list[bytes]:
        """The events completed by `received`. Raises `ValueError` on a line that is no event stream's."""
        lines = (self._rest + received).split(b"\n")
        self._rest = lines.pop()
        return self._events(lines)

    def end(self) -> list[bytes]:
        """The event that the end of the stream completes, if there is one."""
        lines, self._rest = [self._rest, b""], b""
        return self._events(lines)

    def _events(self, lines: list[bytes]) -> list[bytes]:
        events = []
        for raw in lines:
            line = raw.removesuffix(b"\r")
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line:
                if self._data:
                    events.append(b"\n".join(self._data))
                    self._data = []
            elif not line.startswith((b":", b"event:", b"id:", b"retry:")):
                raise ValueError("not a stream of events")
        return events
