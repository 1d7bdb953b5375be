"""One HTML page that puts models side by side: by kind, figure states, tokens, latency, cost."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from statistics import median, quantiles

import msgspec

from tests.eval.options import DATA, Options
from tests.eval.scoring import Scored
from tests.eval.table import Row, rows_of

STYLE = """body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c2024;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}th,td{padding:.3rem .6rem;border-bottom:1px solid #e3e6ea;text-align:right}
th:first-child,td:first-child{text-align:left}.low{background:#fdecea}.best{font-weight:600}p{color:#555}
@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#16181b}th,td{border-color:#33373c}.low{background:#4a2320}p{color:#aaa}}"""
LOW = 0.85


class Result(msgspec.Struct, frozen=True):
    """What is kept of a model's run. Seconds are of one answer, dollars of the whole run."""

    model: str
    count: int
    seed: int
    only: str
    rows: list[Row]
    seconds_median: float
    seconds_p95: float
    input_tokens: int
    output_tokens: int
    dollars: float


def result_of(options: Options, scored: Sequence[Scored]) -> Result:
    """The numbers of a run."""
    given = [turn.given for each in scored for turn in each.turns]
    seconds = [each.seconds for each in given]
    tokens = sum(each.input_tokens for each in given), sum(each.output_tokens for each in given)
    dollars = (tokens[0] * options.prices.input + tokens[1] * options.prices.output) / 1e6
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return Result(
        options.model_name,
        options.n,
        options.seed,
        options.only,
        rows_of(scored),
        median(seconds),
        p95,
        *tokens,
        dollars,
    )


def keep(result: Result) -> list[Result]:
    """Store a result, and return all of the same set, by model."""
    folder = DATA / "results"
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(
        char if char.isalnum() or char in ".-" else "_"
        for char in f"{result.model}-{result.count}-{result.seed}-{result.only}"
    )
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(result))
    found = [msgspec.json.decode(path.read_bytes(), type=Result) for path in sorted(folder.glob("*.json"))]
    return [
        each
        for each in found
        if (each.count, each.seed, each.only) == (result.count, result.seed, result.only)
    ]


def write_page(results: Sequence[Result]) -> Path:
    """Write the page; returns where."""
    path = DATA / "models.html"
    path.write_text(page(results), "utf-8")
    return path


def page(results: Sequence[Result]) -> str:
    """The page's text."""
    models = [result.model for result in results]
    first = results[0]
    kinds = list(dict.fromkeys(row.kind for result in results for row in result.rows))
    return "\n".join([
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Models side by side</title><style>{STYLE}</style>",
        f"<h1>Models side by side</h1><p>{first.count} conversations, seed {first.seed}. Right is scored by value and rounding; nobody judged.</p>",
        _table(["right, by kind", *models], [[kind, *(_rate(result, kind) for result in results)] for kind in kinds]),
        _table(["all answers", *models], [[name, *(read(result) for result in results)] for name, read in MEASURES]),
    ])  # fmt: skip


def _all(result: Result) -> Row:
    return result.rows[-1]


MEASURES: tuple[tuple[str, Callable[[Result], str]], ...] = (
    ("answers", lambda r: str(_all(r).answers)),
    ("answer in the first sentence", lambda r: f"{_all(r).first / max(1, _all(r).answers):.0%}"),
    ("words, median · most", lambda r: f"{_all(r).words:.0f} · {_all(r).most_words}"),
    ("figures verified · flagged · unsure", lambda r: f"{_all(r).verified} · {_all(r).flagged} · {_all(r).unsure}"),
    ("another company's figure given", lambda r: str(_all(r).bled)),
    ("look-ups", lambda r: str(_all(r).look_ups)),
    ("seconds, median · p95", lambda r: f"{r.seconds_median:.2f} · {r.seconds_p95:.2f}"),
    ("tokens in · out", lambda r: f"{r.input_tokens:,} · {r.output_tokens:,}"),
    ("cost", lambda r: f"${r.dollars:.2f}"),
)  # fmt: skip


def _rate(result: Result, kind: str) -> str:
    row = next((row for row in result.rows if row.kind == kind), None)
    return "—" if row is None else f"{row.rate:.0%}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["<table><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    for row in rows:
        cells = [f"<td{_mark(cell)}>{escape(cell)}</td>" for cell in row]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


def _mark(cell: str) -> str:
    low = cell.endswith("%") and cell[:-1].isdecimal() and int(cell[:-1]) < LOW * 100
    return " class='low'" if low else ""
