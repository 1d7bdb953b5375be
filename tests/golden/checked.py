"""A recorded answer with look-ups and checked figures, from its question on and from its middle on."""

import datetime as dt
from typing import Any

from msgspec.structs import replace

from gateway.wire.server_frames import ActiveTurn, Message, Snapshot
from shared.frames.figures import Figure, Lookup, Source, State, Table, Verdict
from shared.frames.turn_events import AiChunk, AiLookup, AiReset, AiStart
from tests.golden.parts import DAY, KO, MODEL, Frames, asked, completed, opening, turn

COMPARED = "📈 PepsiCo yields **3.94 %**, Coca-Cola 2.34 %: 1.60 points less. Its P/E is 27.63.\n\nBoth are rated hold."


def source(ticker: str, key: str, shown: str) -> Source:
    """Where a figure of these recordings stands."""
    return Source(ticker, 4711 if ticker == "KO" else 4713, 1, DAY, f"metrics/{key}/value", shown)


PEPSICO = Lookup(1, "get_analysis", "Looking up PepsiCo, 22 Aug", "ok", [source("PEP", "price", "$145.10")])
YIELDS = Lookup(
    2,
    "compare",
    "Comparing dividend yields",
    "ok",
    [source("KO", "dividend_yield", "2.34 %"), source("PEP", "dividend_yield", "3.94 %")],
    Table(
        ["ticker", "company", "dividend yield"], [["PEP", "PepsiCo", "3.94 %"], ["KO", "Coca-Cola", "2.34 %"]]
    ),
)


def figure(shown: str, verdict: Verdict, state: State, **more: Any) -> Figure:
    """A figure of `COMPARED`, at its place in UTF-16 code units."""
    before = COMPARED[: COMPARED.index(shown)]
    start = len(before.encode("utf-16-le")) // 2
    return Figure(start, start + len(shown), shown, verdict, state, **more)


FIGURES = [
    figure("3.94 %", "quoted", "verified", source=source("PEP", "dividend_yield", "3.94 %")),
    figure("2.34 %", "matched", "verified", source=source("KO", "dividend_yield", "2.34 %")),
    figure(
        "1.60 points",
        "derived",
        "verified",
        formula="3.94 % − 2.34 %",
        operands=[source("PEP", "dividend_yield", "3.94 %"), source("KO", "dividend_yield", "2.34 %")],
    ),
    figure(
        "27.63",
        "unsupported",
        "flagged",
        says=source("KO", "price_earnings", "27.36"),
        why="The analysis has no such figure. Its P/E is 27.36.",
    ),
]


def looked_up(lookup: Lookup, attempt: int = 1) -> list[AiLookup]:
    """A look-up that runs and is found."""
    begun = AiLookup(turn(1), attempt, lookup.n, lookup.tool, lookup.words, "running", [])
    return [begun, replace(begun, status="ok", sources=lookup.sources, result=lookup.result)]


def checked() -> Frames:
    """Look-ups side by side, a worker lost between them and the text, figures with the sentences that they stand in."""
    first, second = looked_up(PEPSICO), looked_up(YIELDS)
    line_end, paragraph_end = COMPARED.index(" Its"), COMPARED.index("Both")
    return [
        opening(),
        Snapshot(seq=0, messages=[], has_more=False, queued=[]),
        *asked(1, "Does Coca-Cola pay more than PepsiCo?"),
        AiStart(turn(1), 1, KO, MODEL),
        first[0],
        second[0],
        AiReset(turn(1), 2, "worker_lost"),
        AiStart(turn(1), 2, KO, MODEL),
        *[replace(event, attempt=2) for event in (first[0], second[0], second[1], first[1])],
        AiChunk(COMPARED[:30], turn(1), 2),
        AiChunk(COMPARED[30:line_end], turn(1), 2, FIGURES[:3]),
        AiChunk(COMPARED[line_end:paragraph_end], turn(1), 2, FIGURES[3:]),
        AiChunk(COMPARED[paragraph_end:], turn(1), 2),
        replace(completed(1, COMPARED), figures=FIGURES, lookups=[PEPSICO, YIELDS]),
    ]


def rejoined() -> Frames:
    """A tab opened in the middle of a checked answer."""
    line_end = COMPARED.index(" Its")
    at = dt.datetime(2026, 8, 23, 9, 30, tzinfo=dt.UTC)
    question = Message(
        13, turn(1), "user", "Does Coca-Cola pay more than PepsiCo?", None, "KO", None, None, None, None, at
    )
    active = ActiveTurn(turn(1), 2, COMPARED[:line_end], FIGURES[:3], [PEPSICO, YIELDS])
    return [
        opening(seq=12, active=turn(1)),
        Snapshot(seq=12, messages=[question], has_more=False, queued=[], active=active),
        AiChunk(COMPARED[line_end:], turn(1), 2, FIGURES[3:]),
        checked()[-1],
    ]
