"""Imports are taken out of what the pump hears."""

import datetime as dt

from gateway.relay.import_channel import ImportChannel
from shared.frames.analyses_changed import AnalysesChanged


def test_imports_and_sessions_are_kept_apart() -> None:
    heard: list[object] = []
    channel = ImportChannel(
        b"chat:analyses",
        landed=heard.append,
        missed=lambda: heard.append("missed"),
        deliver=lambda name, payload: heard.append((name, payload)),
        resubscribed=heard.append,
    )
    channel.deliver(b"live", b"e 1 {}")
    channel.deliver(b"chat:analyses", b"2026-08-29 KO")
    channel.deliver(b"chat:analyses", b"whatever")  # the pump lives on
    channel.resubscribed(b"live")
    channel.resubscribed(b"chat:analyses")
    changed = AnalysesChanged(dt.date(2026, 8, 29), ["KO"])
    assert heard == [(b"live", b"e 1 {}"), changed, b"live", "missed"]
