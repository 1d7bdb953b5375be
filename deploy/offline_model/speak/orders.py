"""The order and the conditions of a screen, where a word implies them: "cheapest", "loss-making"."""

from deploy.offline_model.context import Context
from deploy.offline_model.language.filters import Filter

_ORDERS: tuple[tuple[str, str], ...] = (
    ("cheap", "price_earnings"),
    ("dear", "-price_earnings"),
    ("performance", "-return_20"),
    ("smaller", "market_cap"),
    ("larger", "-market_cap"),
    ("grow_faster", "-earnings_change"),
    ("at_high", "-week52_place"),
    ("at_low", "week52_place"),
    ("profitable", "-ebitda_margin"),
    ("loss", "earnings_per_share"),
    ("up", "-return_20"),
    ("down", "return_20"),
    ("pays", "-dividend_yield"),
)
"""What people order by without naming a figure."""


def sort_of(ctx: Context) -> str:
    """The order that is asked for, as the tool takes it; empty if none."""
    asked = ctx.question
    figures = [key for key in asked.metrics if key != "rating"]
    if asked.has("near") and not asked.filters:
        for key, order in (("week52_high", "-week52_place"), ("week52_low", "week52_place")):
            if key in figures:
                return order
    filtered = {each.metric: each.op for each in asked.filters}
    loose = [key for key in figures if key not in filtered]
    falling = asked.has("extreme_low", "bottom") or (
        asked.has("lower") and not asked.has("higher") and not filtered
    )
    if loose:
        return loose[-1] if falling else f"-{loose[-1]}"
    order = next((order for feature, order in _ORDERS if asked.has(feature)), "")
    if order and not filtered:
        worst = asked.has("bottom") and order == "-return_20"
        return order.lstrip("-") if worst else order
    if filtered:
        key, op = next(iter(filtered.items()))
        ends = asked.has("extreme_high", "extreme_low")
        if ends:
            return key if asked.has("extreme_low") else f"-{key}"
        return f"-{key}" if op.startswith(">") else key
    return "score" if asked.has("bottom") or asked.ratings[:1] == ("sell",) else "-score"


def filters_of(ctx: Context) -> list[Filter]:
    """The conditions, with those that a word implies: a cheap company has a P/E."""
    asked = ctx.question
    found = list(asked.filters)
    if asked.has("loss") and not any(each.metric == "earnings_per_share" for each in found):
        found.append(Filter("earnings_per_share", "<", 0.0))
    if (
        asked.has("profitable")
        and asked.has("which")
        and "ebitda_margin" not in asked.metrics
        and not asked.has("top")
    ):
        found.append(Filter("earnings_per_share", ">", 0.0))
    if asked.has("pays") and not found:
        found.append(Filter("dividend_yield", ">", 0.0))
    return found[:4]
