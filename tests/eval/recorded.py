"""The rates that were reached: no later version may fall below them without somebody lowering them by hand."""

import math
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from tests.eval.rates import DIRECTION_FAULTS, LABEL_FAULTS, VALUE_FAULTS, Rates
from tests.eval.table import Row

FILE = resources.files("tests.eval") / "recorded.toml"
PLANTED = {"value": VALUE_FAULTS, "label": LABEL_FAULTS, "direction": DIRECTION_FAULTS}
HAIR = 1e-9
DEVIATIONS = 3
"""Another set than the recorded one may be worse by chance: so many standard deviations, and one conversation."""


def recorded() -> dict[str, dict[str, float]]:
    """`kinds`: rate by kind; `figures`: flagged figures of right answers at most; `planted`: shares at most."""
    return tomllib.loads(FILE.read_text("utf-8"))


def fallen(rows: Sequence[Row], *, exact: bool) -> list[str]:
    """The kinds that are worse than recorded, and every bleed. `exact`: it is the recorded set itself."""
    rates = recorded()["kinds"]
    found = [f"{row.kind}: {row.bled} answers give another company's figure" for row in rows if row.bled]
    for row in rows:
        least = rates.get(row.kind)
        if least is None:
            if row.kind in rates or row.kind != "all":
                found.append(f"{row.kind}: has no recorded rate (RECORD=1 writes it)")
        elif row.rate < (least if exact else _least(least, row.n)) - HAIR:
            found.append(f"{row.kind}: {row.rate:.1%} right, {least:.1%} recorded")
    return found


def _least(rate: float, count: int) -> float:
    spread = DEVIATIONS * math.sqrt(max(rate * (1 - rate), 0.03) / count)
    return rate - spread - 1 / count


def fallen_figures(flagged: int, figures: int, *, exact: bool) -> list[str]:
    """Whether more figures of right answers are flagged than recorded."""
    most = recorded()["figures"]["flagged"]
    share = flagged / max(1, figures)
    if not exact:
        most += DEVIATIONS * math.sqrt(max(most * (1 - most), 0.001) / max(1, figures))
    return (
        [f"flagged figures of right answers: {share:.2%}, at most {most:.2%} recorded"]
        if share > most + HAIR
        else []
    )


def planted_shares(found: Rates) -> dict[str, float]:
    """The shares that are recorded of planted faults and right figures."""
    shares = {name: found.share(*kinds) for name, kinds in PLANTED.items()}
    figures = max(1, found.figures)
    return {
        **shares, "right_not_verified": 1 - found.verified / figures, "right_flagged": found.flagged / figures,
        "not_found": found.missed / figures,
    }  # fmt: skip


def fallen_planted(found: Rates) -> list[str]:
    """The planted faults that look verified more often than recorded, and right figures that look worse."""
    most = recorded()["planted"]
    return [
        f"planted, {name}: {share:.3%}, at most {most[name]:.3%} recorded"
        for name, share in planted_shares(found).items()
        if share > most[name] + HAIR
    ]


def write(rows: Sequence[Row], flagged_share: float, planted: dict[str, float]) -> str:
    """Record what was reached; returns where."""
    lines = [
        "# Written by `make eval RECORD=1`: what was reached, below which nothing may fall. See docs/eval.md.",
        "",
        "[kinds]",
    ]
    lines += [f'"{row.kind}" = {_down(row.rate)}' for row in rows]
    lines += ["", "[figures]", f"flagged = {_up(flagged_share)}", "", "[planted]"]
    lines += [f"{name} = {_up(share)}" for name, share in planted.items()]
    path = Path(str(FILE))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def _down(share: float) -> str:
    return f"{math.floor(share * 1e4) / 1e4:.4f}"


def _up(share: float) -> str:
    return f"{math.ceil(share * 1e5) / 1e5:.5f}"
