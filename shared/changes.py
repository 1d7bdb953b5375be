"""What changed between two analyses of one company: computed here, so that nobody has to calculate later."""

import msgspec

from shared.analysis import Analysis, Metric, Rating, RationaleItem, Unit
from shared.figure_words import day, figure, number, signed

LEAST = 0.05
"""Points are given to 0.1; a smaller difference is none."""


class ItemChange(msgspec.Struct, frozen=True):
    """One reason that weighs otherwise now: its points before and after (null: not counted), what was gained, to 0.1,
    and a sentence that says it whole."""

    key: str
    label: str
    before: float | None
    after: float | None
    difference: float
    sentence: str


class FigureChange(msgspec.Struct, frozen=True):
    """One figure that is shown otherwise now; null: the source has none."""

    key: str
    label: str
    unit: Unit
    before: float | None
    after: float | None


class Changes(msgspec.Struct, frozen=True):
    """From an older analysis to a newer one. `items` come heaviest first; their differences add up to the score's.
    `figures` come in the order of the newer one."""

    ticker: str
    rating: tuple[Rating, Rating]
    score: tuple[float, float]
    headline: str
    items: list[ItemChange]
    unchanged: list[str]
    """The items with the same points as before, with their figures."""
    figures: list[FigureChange]

    @property
    def sentences(self) -> list[str]:
        """Everything in words, the most important first."""
        same = [f"The same points as before: {', '.join(self.unchanged)}."] if self.unchanged else []
        return [self.headline, *(item.sentence for item in self.items), *same]


def changes(old: Analysis, new: Analysis) -> Changes:
    """Compare two analyses of one ticker; `old` is the earlier one. `ValueError` for two companies."""
    if old.ticker != new.ticker:
        raise ValueError(f"{old.ticker} and {new.ticker} are two companies")
    before = {item.key: item for item in old.rationale}
    after = {item.key: item for item in new.rationale}
    found, unchanged = [], []
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        change = _item_change(was, now)
        if abs(change.difference) >= LEAST or _counted(was) != _counted(now):
            found.append(change)
        elif was and now and now.counted:
            unchanged.append(f"{now.label} ({signed(now.points)}; {_move(was.value, now.value, now.unit)})")
    return Changes(
        ticker=new.ticker,
        rating=(old.rating, new.rating),
        score=(old.score, new.score),
        headline=_headline(old, new),
        items=sorted(found, key=lambda change: -abs(change.difference)),
        unchanged=unchanged,
        figures=_figure_changes(old, new),
    )


def _figure_changes(old: Analysis, new: Analysis) -> list[FigureChange]:
    before, after = ({metric.key: metric for metric in analysis.metrics} for analysis in (old, new))
    found = []
    for key in dict.fromkeys((*after, *before)):
        known = after.get(key) or before[key]
        was, now = (metrics[key].value if key in metrics else None for metrics in (before, after))
        if known.unit != "text" and figure(was, known.unit) != figure(now, known.unit):
            found.append(FigureChange(key, known.label, known.unit, was, now))
    return found


def _counted(item: RationaleItem | None) -> bool:
    return item is not None and item.counted


def _item_change(was: RationaleItem | None, now: RationaleItem | None) -> ItemChange:
    known = now or was
    if known is None:
        raise ValueError("an item is in neither analysis")
    points = was.points if was and was.counted else None, now.points if now and now.counted else None
    before, after = (each or 0.0 for each in points)
    if was and now and was.counted and now.counted:
        words = f"{signed(after - before)} points ({signed(before)} → {signed(after)}): {_figures(was, now)}."
    elif _counted(was):
        reason = f" {now.sentence}" if now else ""
        words = f"not counted any more; it was {signed(before)} points.{reason}"
    else:
        reason = f" {now.sentence}" if now else ""
        words = f"counted now, {signed(after)} points.{reason}"
    difference = round(after - before, 1)
    return ItemChange(known.key, known.label, *points, difference, f"{known.label}: {words}")


def _figures(was: RationaleItem, now: RationaleItem) -> str:
    parts = [_move(was.value, now.value, now.unit)]
    if was.peers and now.peers and was.peers.median is not None and now.peers.median is not None:
        parts.append(f"the peers' median {_move(was.peers.median, now.peers.median, now.unit)}")
    return "; ".join(parts)


def _move(before: float | None, after: float | None, unit: Unit) -> str:
    shown = figure(before, unit), figure(after, unit)
    if shown[0] == shown[1]:
        return f"still {shown[1]}"
    away = ""
    if unit == "fraction" and before is not None and after is not None:
        away = f" ({signed(float(f'{after * 100:.2f}') - float(f'{before * 100:.2f}'), 2)} pp)"
    return f"from {shown[0]} to {shown[1]}{away}"


def _headline(old: Analysis, new: Analysis) -> str:
    step = round(new.score - old.score, 1)
    moved = f"{'rose' if step > 0 else 'fell'} by {number(abs(step), 1)} points to" if step else "stayed at"
    rating = (
        f"the rating is still {new.rating}"
        if old.rating == new.rating
        else f"the rating went from {old.rating} to {new.rating}"
    )
    return (
        f"From the snapshot of {day(old.as_of)} to that of {day(new.as_of)} the score {moved}"
        f" {number(new.score, 1)}{f' (from {number(old.score, 1)})' if step else ''}; {rating}.{_price(old, new)}"
    )


def _price(old: Analysis, new: Analysis) -> str:
    was, now = _metric(old, "price"), _metric(new, "price")
    if was is None or now is None or not was.value or now.value is None:
        return ""
    words = f" The price went from {figure(was.value, 'usd')} to {figure(now.value, 'usd')}"
    if was.note != now.note and now.note:  # a split lies between: the two prices are of different shares
        return f"{words} ({now.note})."
    return f"{words} ({signed((now.value / was.value - 1) * 100, 1)} %)."


def _metric(analysis: Analysis, key: str) -> Metric | None:
    return next((metric for metric in analysis.metrics if metric.key == key), None)
