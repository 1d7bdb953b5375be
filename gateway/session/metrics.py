"""What Prometheus may ask of one gateway. An own registry: nothing happens at import."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

ACKS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The figures of one gateway process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sockets = self._gauge("sockets", "Open sockets.")
        self.socket_limit = self._gauge("socket_limit", "How many there may be.")
        self.channels = self._gauge("channels", "Followed session channels.")
        self.subscriber_up = self._gauge("subscriber_up", "1 while the subscriber hears its own beat.")
        self.loop_lag = self._gauge("loop_lag_seconds", "How late the event loop's last timer was.")
        self.draining = self._gauge("draining", "1 while this gateway stops.")
        self.frames_in = self._counter("frames_in", "Frames from clients.")
        self.frames_out = self._counter("frames_out", "Frames to clients.")
        self.handshakes = self._counter("handshakes", "Sockets asked for, by what became of them.", "result")
        self.turns = self._counter("turns", "Questions, by what became of them.", "outcome")
        self.closes = self._counter("closes", "Sockets closed here.", "code")
        self.resumes = self._counter(
            "resumes", "Sockets that came back, by whether all was there.", "recovered"
        )
        self.imports = self._counter("imports", "Changes of analyses that the sockets were told of.")
        self.resyncs = self._counter("resyncs", "Sockets that had to catch up again.")
        self.ack_seconds = Histogram(
            "tickertalk_gateway_ack_seconds",
            "From a question to its ack.",
            buckets=ACKS,
            registry=self.registry,
        )

    def count_resume(self, recovered: bool) -> None:
        """A socket came back with a position; all of what followed it was there, or not."""
        self.resumes.labels("true" if recovered else "false").inc()

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"tickertalk_gateway_{name}", what, registry=self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"tickertalk_gateway_{name}", what, labels, registry=self.registry)
