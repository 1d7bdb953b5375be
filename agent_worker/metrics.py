"""What Prometheus may ask of one worker. An own registry: nothing happens at import."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
LONG = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class WorkerMetrics:
    """The figures of one worker process; `tickertalk_turns_…` and `tickertalk_endings_…` are of the whole system."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.slots = self._gauge("slots", "Turns that may run here at once.")
        self.slots_busy = self._gauge("slots_busy", "Turns that run here.")
        self.loop_lag = self._gauge("loop_lag_seconds", "How late the event loop's last timer was.")
        self.draining = self._gauge("draining", "1 while this worker stops.")
        self.deliveries = self._counter("deliveries", "Deliveries, by what they led to.", "result")
        self.turns = self._counter("turns", "Turns that ended here, by how.", "outcome")
        self.attempts = self._counter("attempts", "Attempts after the first, by why.", "reason")
        self.steps = self._counter("steps", "Steps of answers, by what Redis said.", "step", "verdict")
        self.tool_calls = self._counter("tool_calls", "Look-ups.", "tool", "result")
        self.figures = self._counter("figures", "Figures in answers, by what was found.", "state")
        self.model_tokens = self._counter("model_tokens", "Tokens of answers.", "type")
        self.leases_lost = self._counter("leases_lost", "Turns that somebody else took over.")
        self.dead_letters = self._counter("dead_letters", "Turns given up.")
        self.queue_seconds = self._histogram(
            "queue_seconds", "From a question's acceptance to its claim.", LONG
        )
        self.claim_seconds = self._histogram("claim_seconds", "One claim in Postgres.", SHORT)
        self.first_word_seconds = self._histogram(
            "first_word_seconds", "From the claim to the first word.", LONG
        )
        self.turn_seconds = self._histogram("turn_seconds", "From the claim to the ending.", LONG)
        self.step_batch = self._histogram("step_batch", "Steps that left together.", BATCHES)
        self.unfinished = Gauge(
            "tickertalk_turns_unfinished", "Turns accepted and not ended.", ["status"], registry=self.registry
        )
        self.oldest_unfinished = Gauge(
            "tickertalk_turns_oldest_unfinished_seconds", "Age of the oldest of them.", registry=self.registry
        )
        self.untold = Gauge(
            "tickertalk_endings_untold", "Endings stored and not marked as published.", registry=self.registry
        )

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"tickertalk_worker_{name}", what, registry=self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"tickertalk_worker_{name}", what, labels, registry=self.registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"tickertalk_worker_{name}", what, buckets=buckets, registry=self.registry)
