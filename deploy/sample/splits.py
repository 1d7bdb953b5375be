"""Share splits, told from jumps: in a split the price *and* the 52-week range step by the same whole factor."""

from collections.abc import Sequence

import msgspec

from deploy.sample.figures import Row

FACTORS = (*range(2, 21), 25, 50)
JUMP = 1.38  # a day's move beyond this may be a split
TOLERANCE = 0.12  # the day of a split is also a day of trading


class Split(msgspec.Struct, frozen=True):
    """From snapshot `index` on, one old share is `ratio` shares (10: ten for one; 1/3: one for three)."""

    index: int
    ratio: float

    @property
    def words(self) -> str:
        """ "10-for-1 split", "1-for-3 reverse split"."""
        if self.ratio > 1:
            return f"{self.ratio:.0f}-for-1 split"
        return f"1-for-{1 / self.ratio:.0f} reverse split"


def find_splits(rows: Sequence[Row]) -> list[Split]:
    """The splits in one company's rows, oldest first.

    The snapshot before a split is half adjusted (some of its figures are old, some new), so the range is
    compared with the one two snapshots back. A jump whose range stays (MRNA, +177 %) is no split.
    """
    found = []
    for index in range(2, len(rows)):
        before, after = rows[index - 1].price, rows[index].price
        if before is None or after is None or 1 / JUMP < before / after < JUMP:
            continue
        ratio = _nearest(before / after)
        ends = ("week52_low", "week52_high")
        if _near(before / after, ratio) and all(
            _stepped(getattr(rows[index - 2], end), getattr(rows[index], end), ratio) for end in ends
        ):
            found.append(Split(index, ratio))
    return found


def _nearest(step: float) -> float:
    ratios: list[float] = [*FACTORS, *(1 / factor for factor in FACTORS)]
    return min(ratios, key=lambda ratio: abs(step / ratio - 1))


def _near(step: float, ratio: float) -> bool:
    return abs(step / ratio - 1) <= TOLERANCE


def _stepped(before: float | None, after: float | None, ratio: float) -> bool:
    return before is not None and after is not None and _near(before / after, ratio)
