"""Takes what is about imports out of what the pump hears; the rest is for the sockets of one session."""

from collections.abc import Callable

import structlog

from shared.frames.analyses_changed import AnalysesChanged

log = structlog.get_logger(__name__)


class ImportChannel:
    """Stands behind a pump. `landed` gets every import that is announced; `missed` says that one may not have been
    heard. `deliver` and `resubscribed` get everything else."""

    def __init__(
        self,
        channel: bytes,
        *,
        landed: Callable[[AnalysesChanged], None],
        missed: Callable[[], None],
        deliver: Callable[[bytes, bytes], None],
        resubscribed: Callable[[bytes], None],
    ) -> None:
        self._channel = channel
        self._landed = landed
        self._missed = missed
        self._deliver = deliver
        self._resubscribed = resubscribed

    def deliver(self, channel: bytes, payload: bytes) -> None:
        """Take a published message."""
        if channel != self._channel:
            self._deliver(channel, payload)
            return
        try:
            changed = AnalysesChanged.read(payload)
        except ValueError:
            log.warning("a message on the channel of imports is none", size=len(payload))
        else:
            self._landed(changed)

    def resubscribed(self, channel: bytes) -> None:
        """Messages on this channel may have been missed."""
        if channel == self._channel:
            self._missed()
        else:
            self._resubscribed(channel)
