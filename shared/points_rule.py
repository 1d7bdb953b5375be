"""From score to rating, by the rule "points-1". A rating once given is kept until the score is clearly past a line.

Stored analyses carry their rating but not the lines it was made with: whoever shows or moves them reads them here.
"""

from shared.analysis import Rating

RULE = "points-1"
NEUTRAL = 50.0
"""Every score starts here."""
BUY = 60.0
SELL = 40.0
MARGIN = 2.0
"""A rating once given is kept until the score is so far past the line."""


def rate(score: float, previous: Rating | None = None) -> Rating:
    """Buy from 60, sell below 40; with a previous rating each line lies 2 points further from it.

    A hold becomes buy at 62 and sell at 38; a buy becomes hold at 58, a sell at 42.
    """
    if previous is None:
        return "buy" if score >= BUY else "hold" if score >= SELL else "sell"
    above_sell = score >= SELL + MARGIN if previous == "sell" else score > SELL - MARGIN
    above_buy = score > BUY - MARGIN if previous == "buy" else score >= BUY + MARGIN
    return "buy" if above_buy else "hold" if above_sell else "sell"


def turning_points(rating: Rating) -> list[tuple[Rating, float]]:
    """The scores at which this rating would become another one."""
    if rating == "buy":
        return [("hold", BUY - MARGIN)]
    if rating == "sell":
        return [("hold", SELL + MARGIN)]
    return [("buy", BUY + MARGIN), ("sell", SELL - MARGIN)]
