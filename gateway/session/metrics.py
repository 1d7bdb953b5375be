"""What Prometheus may ask of one gateway. An own registry: nothing happens at import."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class Metrics:
    """The figures of one gateway process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sockets = Gauge("gateway_sockets", "Open sockets.", registry=self.registry)
        self.channels = Gauge("gateway_channels", "Followed session channels.", registry=self.registry)
        self.frames_in = Counter("gateway_frames_in", "Frames from clients.", registry=self.registry)
        self.frames_out = Counter("gateway_frames_out", "Frames to clients.", registry=self.registry)
        self.turns = Counter(
            "gateway_turns", "Questions, by what became of them.", ["outcome"], registry=self.registry
        )
        self.closes = Counter("gateway_closes", "Sockets closed here.", ["code"], registry=self.registry)
        self.imports = Counter(
            "gateway_imports", "Changes of analyses that the sockets were told of.", registry=self.registry
        )
        self.resyncs = Counter(
            "gateway_resyncs", "Sockets that had to catch up again.", registry=self.registry
        )
