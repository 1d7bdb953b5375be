"""From measurements to targets met or missed. Pure, but for printing."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

OURS, MONOLITH, FLOOR = "this system", "monolith", "bare pipe"

BELIEVABLE = 0.15
"""Beyond this share of the machine, others decide how long things take."""

Measures = Mapping[str, Any]


class StepResult(NamedTuple):
    """One target. `measured` is compared with `limit`; `ours` and `theirs` are what it was made of, in words."""

    what: str
    measured: float
    limit: float
    at_least: bool
    shown: str
    ours: str
    theirs: str
    floor: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached; nothing measured reaches nothing."""
        if math.isnan(self.measured):
            return False
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def verdicts(measures: Measures) -> list[StepResult]:
    """Every target, in the order in which a chunk travels."""
    latency, first, core = measures["latency"], measures["first_token"], measures["worker_core"]
    gateway, idle, length = measures["gateway_core"], measures["idle_sockets"], measures["long_session"]
    short, long = length["turn_20"], length["turn_1000"]
    return [
        ratio("added latency, p50", latency, ("p50_ms",), 0.8, "ms"),
        ratio(
            "added latency, p99 (median of half seconds)", latency, ("p99_half_second_median_ms",), 1.0, "ms"
        ),
        ratio("first token, 100 users in 1 s, p50", first, ("ai_chunk", "p50_ms"), 1.0, "ms"),
        StepResult(
            "chunks per CPU second of a worker",
            core[OURS]["per_worker_cpu_second"] / core[MONOLITH]["per_server_cpu_second"],
            3.0,
            True,
            "×",
            f"{core[OURS]['per_worker_cpu_second']:,.0f}",
            f"{core[MONOLITH]['per_server_cpu_second']:,.0f}",
            f"{core[FLOOR]['per_reader_cpu_second']:,.0f}",
        ),
        StepResult(
            "chunks per CPU second of a gateway",
            gateway["per_gateway_cpu_second"],
            10_000,
            True,
            "/s",
            f"{gateway['per_gateway_cpu_second']:,.0f}",
            "",
            f"{core[FLOOR]['per_server_cpu_second']:,.0f}",
        ),
        ratio("resident bytes of an idle socket", idle, ("bytes_per_socket",), 1.0, ""),
        *(
            StepResult(
                f"1,000th turn beside the 20th, {what}",
                sum(long[key] for key in keys) / sum(short[key] for key in keys),
                1.3,
                False,
                "×",
                f"{sum(long[key] for key in keys):.1f} ms",
                f"20th: {sum(short[key] for key in keys):.1f} ms",
            )
            for what, keys in (("CPU", ("worker_cpu_ms", "postgres_cpu_ms")), ("time", ("time_ms",)))
        ),
    ]


def ratio(what: str, measure: Measures, path: tuple[str, ...], limit: float, unit: str) -> StepResult:
    """A target that this system's figure is at most `limit` times the monolith's."""
    ours, theirs, floor = (dig(measure[name], path) for name in (OURS, MONOLITH, FLOOR))
    shown = [f"{value:,.2f} {unit}" if unit else f"{value:,.0f}" for value in (ours, theirs, floor)]
    return StepResult(what, ours / theirs, limit, False, "×", *shown)


def dig(measure: Measures, path: tuple[str, ...]) -> float:
    """The number at the end of `path`."""
    found: Any = measure
    for key in path:
        found = found[key]
    return float(found)


def number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if unit == "/s" else f"{value:.2f} {unit}"


def print_table(measures: Measures, remarks: list[str]) -> None:
    """The targets as a table, then the remarks."""
    table = Table(title="Targets", title_justify="left")
    for heading in ("", "target", "measured", "met", OURS, MONOLITH, FLOOR):
        table.add_column(heading, justify="left" if heading in ("", "met") else "right")
    for verdict in verdicts(measures):
        sign = "≥" if verdict.at_least else "≤"
        table.add_row(
            verdict.what,
            f"{sign} {number(verdict.limit, verdict.shown)}",
            number(verdict.measured, verdict.shown),
            "yes" if verdict.met else "NO",
            verdict.ours,
            verdict.theirs,
            verdict.floor,
        )
    console = Console(width=max(140, Console().width))
    console.print(table)
    for remark in remarks:
        console.print(remark, highlight=False)


def remarks(measures: Measures) -> list[str]:
    """What the table does not say."""
    first, core, latency = measures["first_token"], measures["worker_core"], measures["latency"]
    steps = first[OURS]
    load = measures["machine"]
    return [
        "First token: the question is committed before it is acknowledged, which only this system does. "
        f"Until that `ack` {steps['ack']['p50_ms']:.1f} ms, until the turn is claimed and opened "
        f"{steps['ai_start']['p50_ms']:.1f} ms, until the first chunk {steps['ai_chunk']['p50_ms']:.1f} ms; "
        f"p99 {steps['ai_chunk']['p99_ms']:.1f} ms, the monolith's {first[MONOLITH]['ai_chunk']['p99_ms']:.1f} ms.",
        "Latency, p99 of all chunks: "
        + ", ".join(f"{name} {latency[name]['p99_ms']:.1f} ms" for name in (OURS, MONOLITH, FLOOR))
        + ".",
        "Saturated, chunks per CPU second of all processes together, PostgreSQL and Valkey included: "
        + ", ".join(f"{name} {core[name]['per_cpu_second_of_all']:,.0f}" for name in (OURS, MONOLITH, FLOOR))
        + f"; {core[OURS]['chunks_per_frame']:.2f} chunks in a frame of {OURS}.",
        f"{load['cores']} cores carried systems, model and load; "
        f"{load['others_share']:.0%} of them were busy with something else. "
        + (
            "Believe the ratios, not the milliseconds."
            if load["others_share"] < BELIEVABLE
            else "That is too much for the times above: believe what is counted in CPU and bytes, and run it again."
        ),
    ]
