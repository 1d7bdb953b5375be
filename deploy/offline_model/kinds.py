"""Which kind of answer a question asks for: the first line of a table whose condition its slots and phrases meet."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """Kinds of answers."""

    INJECT = "inject"
    OUTSIDE = "outside"
    FORECAST = "forecast"
    ADVICE = "advice"
    RULE = "rule"
    AGE = "age"
    WHO_PEERS = "who peers"
    SECTOR = "sector"
    DEFINE = "define"
    MARKET_CHANGED = "market changed"
    SCREEN = "screen"
    COMPARE = "compare"
    SINGLE = "single"
    DISTANCE = "distance"
    WITHOUT = "without"
    WHAT_IF = "what if"
    MISSING = "missing"
    NOT_RATED = "not rated"
    RATING_HISTORY = "rating history"
    EXTREME = "extreme"
    CHANGED = "changed"
    HISTORY = "history"
    AT_DATE = "at date"
    PRICE_AT = "price at date"
    COVERED = "covered"
    PEERS = "peers"
    EFFECT = "effect"
    REASONS = "reasons"
    VALUATION = "valuation"
    PROFIT = "profit"
    FIGURE = "figure"
    RATED = "rated"
    SUMMARY = "summary"
    GREETING = "greeting"
    THANKS = "thanks"
    BYE = "bye"
    HELP = "help"
    UNKNOWN = "unknown"


class Seen(NamedTuple):
    """What was found in a text, as far as its kind hangs on it. `metrics` are without score and rating."""

    features: frozenset[str]
    metrics: tuple[str, ...]
    about_rating: tuple[str, ...]
    ratings: tuple[str, ...]
    sectors: tuple[str, ...]
    moments: int
    joined: bool
    """It holds an "and"."""
    spans: int
    """Moments that are weeks or months back from now ("last week"), not days by name."""
    filters: int
    stated: int
    bare: int
    companies: int
    outside: frozenset[str]
    """Subjects that no analysis covers."""
    length: int

    def has(self, *features: str) -> bool:
        """Whether any of the features was found."""
        return any(feature in self.features for feature in features)

    @property
    def is_conditional(self) -> bool:
        """It asks what would be, which a "will" does not make a forecast."""
        return self.has("single", "without", "what_if", "distance")

    @property
    def many(self) -> bool:
        """It asks for companies, not about one."""
        if self.companies:
            return False
        asks = self.has("which", "count", "top", "bottom", "extreme_high", "extreme_low")
        group = self.has("companies", "market") or bool(self.sectors)
        return group and (asks or bool(self.filters or self.ratings or self.bare) or self.ranks)

    @property
    def pays_from_earnings(self) -> bool:
        """It sets a dividend against earnings, and does not only list the two."""
        pairs = ({"dividend_yield", "earnings_per_share"}, {"payout", "earnings_per_share"})
        return set(self.metrics) in pairs and not (
            self.joined or self.companies > 1 or self.moved or self.filters
        )

    @property
    def names_two(self) -> bool:
        """Two companies stand side by side in the text."""
        return self.companies >= 2

    @property
    def ranks(self) -> bool:
        """It names an end of an order."""
        return self.has(
            "top", "bottom", "cheap", "dear", "larger", "smaller", "extreme_high", "extreme_low", "profitable", "loss",
            "higher", "lower", "grow_faster",
        )  # fmt: skip

    @property
    def pairs(self) -> bool:
        """One company is named beside another that is meant: the page's, or the last one talked about."""
        return self.has(
            "compare", "cheap", "dear", "larger", "smaller", "higher", "lower", "grow_faster"
        ) and self.has("compare")

    @property
    def extreme(self) -> bool:
        """It asks for a high or low of a figure over some time."""
        ends = self.has("extreme_high", "extreme_low")
        return (
            ends
            and (bool(self.metrics or self.about_rating) or self.moments > 0)
            and not self.has("which", "peers", "item")
        )

    @property
    def history_of_score(self) -> bool:
        """It asks for the score or rating over time, not for what is behind it."""
        return bool(self.about_rating) and (self.has("history") or self.moments >= 2)

    @property
    def why_rated(self) -> bool:
        """It asks for the reasons of a rating."""
        return self.has("why") and bool(self.ratings or self.about_rating)

    @property
    def moved(self) -> bool:
        """It asks how a figure moved."""
        return self.has("up", "down", "history", "performance", "changed", "since")


_RULES: tuple[tuple[Kind, Callable[[Seen], bool]], ...] = (
    (Kind.DEFINE, lambda q: q.has("all_sectors") and not q.companies),
    (Kind.SCREEN, lambda q: q.has("performance") and q.has("top", "bottom") and q.has("companies") and not (q.companies or q.moments or q.has("became"))),
    (Kind.MARKET_CHANGED, lambda q: q.has("movers") and not q.companies),
    (Kind.INJECT, lambda q: q.has("inject") and not q.stated and not (q.ratings and not q.has("rule"))),
    (Kind.RULE, lambda q: q.has("lines") and bool(q.ratings) and not (q.companies or q.metrics)),
    (Kind.DEFINE, lambda q: q.has("chosen") and not (q.companies or q.metrics)),
    (Kind.OUTSIDE, lambda q: "funds" in q.outside and not q.companies),
    (Kind.OUTSIDE, lambda q: bool(q.outside) and not q.many and not (q.has("rule") and q.about_rating)),
    (Kind.MARKET_CHANGED, lambda q: not q.companies and q.has("became", "changed") and (q.many or q.has("market"))),
    (Kind.MARKET_CHANGED, lambda q: not q.companies and q.has("became") and not q.has("points", "distance") and q.has("which", "count") and not q.has("single")),
    (Kind.FORECAST, lambda q: q.has("forecast") and q.has("soon") and not q.has("without", "what_if")),
    (Kind.FORECAST, lambda q: q.has("forecast") and not q.is_conditional and not q.has("greeting")),
    (Kind.ADVICE, lambda q: q.has("advice") and not q.is_conditional and not (q.has("became") and q.has("why"))),
    (Kind.FIGURE, lambda q: q.metrics == ("earnings_change",) and q.has("growing") and not (q.moments or q.companies > 1)),
    (Kind.EFFECT, lambda q: bool(q.metrics) and q.has("effect") and not q.is_conditional and not q.many),
    (Kind.COVERED, lambda q: q.pays_from_earnings),
    (Kind.COVERED, lambda q: q.has("covered") and {"dividend_yield", "earnings_per_share"} <= set(q.metrics) and not q.companies > 1),
    (Kind.RATING_HISTORY, lambda q: q.has("ever") and bool(q.ratings or q.has("rated")) and not q.metrics and not q.many),
    (Kind.RULE, lambda q: q.has("rule") and not q.metrics and not q.companies and not q.is_conditional),
    (Kind.RULE, lambda q: q.has("made") and (bool(q.about_rating) or q.has("points")) and not (q.metrics or q.companies or q.ratings or q.is_conditional or q.moments)),
    (Kind.WHO_PEERS, lambda q: q.has("which") and q.has("peer_group", "who_peers") and not (q.metrics or q.filters or q.ranks or q.has("how", "rank", "two"))),
    (Kind.AGE, lambda q: q.has("age") and not q.metrics and not q.has("changed")),
    (Kind.WHO_PEERS, lambda q: q.has("who_peers") and not q.metrics and not (q.has("compare") and not q.has("which")) and not q.has("what_is_usual")),
    (Kind.SECTOR, lambda q: q.has("sector_of") and not q.has("cheap", "dear") and not q.filters and not q.metrics and not q.has("for", "against")),
    (Kind.DEFINE, lambda q: q.has("define") and not q.about_rating and not q.companies and not q.moments and not q.filters and not q.why_rated),
    (Kind.SCREEN, lambda q: q.many),
    (Kind.SCREEN, lambda q: not q.companies and q.has("companies", "which") and q.has("near") and bool(q.metrics)),
    (Kind.SCREEN, lambda q: not q.companies and q.has("which", "count") and bool(q.filters)),
    (Kind.SCREEN, lambda q: not q.companies and q.has("who") and q.has("extreme_high", "extreme_low", "top", "bottom", "larger", "smaller") and bool(q.metrics) and not q.moments and not q.has("two")),
    (Kind.SCREEN, lambda q: not q.companies and q.has("who") and bool(q.metrics) and bool(q.bare)),
    (Kind.SCREEN, lambda q: not q.companies and q.has("top", "bottom") and bool(q.metrics or q.about_rating) and bool(q.bare)),
    (Kind.SCREEN, lambda q: not q.companies and q.has("performance") and q.has("top", "bottom", "larger", "smaller") and not q.moments),
    (Kind.WHO_PEERS, lambda q: q.has("which") and q.has("peers", "compare") and not (q.metrics or q.has("two", "rank") or q.names_two or q.ranks)),
    (Kind.WHO_PEERS, lambda q: q.has("peer_group") and not q.metrics and not q.has("compare", "rank", "cheap", "dear", "valuation", "higher", "lower", "better", "how", "why", "what_is_usual")),
    (Kind.SECTOR, lambda q: q.has("sector_word") and not (q.metrics or q.filters or q.many or q.has("compare", "rank", "why", "changed") or q.moments)),
    (Kind.SINGLE, lambda q: q.has("single") and bool(q.ratings or q.about_rating) and not q.has("without")),
    (Kind.DISTANCE, lambda q: q.has("distance") and bool(q.ratings or q.about_rating) and not q.metrics),
    (Kind.WHAT_IF, lambda q: q.has("what_if") and bool(q.metrics) and bool(q.stated or q.bare) and not q.has("without")),
    (Kind.WITHOUT, lambda q: q.has("without") and (bool(q.metrics) or q.has("still"))),
    (Kind.WITHOUT, lambda q: q.has("what_if") and bool(q.metrics) and q.has("missing", "negated")),
    (Kind.SINGLE, lambda q: q.has("modal") and not q.has("confirm") and len(q.ratings) == 1 and not (q.metrics or q.has("what_if", "count", "which"))),
    (Kind.SCREEN, lambda q: q.has("count") and bool(q.ratings) and not (q.companies or q.metrics or q.has("points", "effect"))),
    (Kind.MISSING, lambda q: q.has("missing") and not q.has("not_rated") and not q.moments),
    (Kind.NOT_RATED, lambda q: q.has("not_rated") and not q.metrics),
    (Kind.EFFECT, lambda q: bool(q.metrics) and q.has("item") and not (q.is_conditional or q.companies > 1)),
    (Kind.EFFECT, lambda q: bool(q.metrics) and q.has("argues") and not q.stated and not q.filters),
    (Kind.REASONS, lambda q: q.has("argues") and q.has("for", "against") and not q.metrics),
    (Kind.COMPARE, lambda q: q.companies >= 2 and not (q.moved and (q.moments or q.has("up", "down", "performance")))),
    (Kind.COMPARE, lambda q: q.companies == 1 and q.pairs and not q.has("about_it") and q.moments < 2 and not (q.has("changed") and q.moments) and not q.has("argues") and not q.has("what_about") and not q.has("peers", "rank", "who_peers")),
    (Kind.COMPARE, lambda q: not q.companies and q.has("two")),
    (Kind.COMPARE, lambda q: not q.companies and q.has("which") and q.has("cheap", "dear", "larger", "smaller", "better") and not q.metrics),
    (Kind.CHANGED, lambda q: not q.metrics and q.has("why") and q.has("up", "down") and not (q.about_rating or q.ratings or q.has("for", "against", "points"))),
    (Kind.CHANGED, lambda q: not q.metrics and q.has("changed", "became") and not q.history_of_score and not (q.has("performance") and q.moments)),
    (Kind.CHANGED, lambda q: not q.metrics and bool(q.about_rating) and q.has("up", "down") and not q.moments),
    (Kind.PEERS, lambda q: q.has("rank") and not q.has("costs") and not q.has("since", "changed")),
    (Kind.EXTREME, lambda q: q.extreme),
    (Kind.FIGURE, lambda q: q.metrics == ("return_20",) and not q.moments and not q.has("history", "since")),
    (Kind.HISTORY, lambda q: bool(q.metrics) and q.moved and not (q.about_rating and not q.moments) and (q.moments > 0 or q.has("history", "up", "down", "changed", "performance"))),
    (Kind.HISTORY, lambda q: q.has("performance") or (q.has("history") and not q.has("effect"))),
    (Kind.CHANGED, lambda q: not q.metrics and (q.spans > 0 or (q.moments > 0 and q.has("since"))) and not q.has("up", "down", "performance", "rated", "costs")),
    (Kind.HISTORY, lambda q: q.moments >= 2 or (q.moments == 1 and q.has("since", "up", "down"))),
    (Kind.AT_DATE, lambda q: q.moments == 1),
    (Kind.COVERED, lambda q: q.has("covered") and (not q.metrics or _only(q.metrics, "dividend_yield", "payout", "earnings_per_share"))),
    (Kind.PEERS, lambda q: q.has("peers")),
    (Kind.EFFECT, lambda q: bool(q.metrics) and q.has("for", "against") and not q.stated),
    (Kind.REASONS, lambda q: q.has("for", "against") and not q.metrics),
    (Kind.FIGURE, lambda q: bool(q.metrics) and q.has("valued_at")),
    (Kind.EFFECT, lambda q: bool(q.metrics) and not q.stated and not q.filters and (bool(q.about_rating or q.ratings) or q.has("points"))),
    (Kind.VALUATION, lambda q: q.has("cheap", "dear", "valuation") and not q.metrics),
    (Kind.PROFIT, lambda q: q.has("profitable", "loss") and not q.metrics),
    (Kind.FIGURE, lambda q: bool(q.metrics)),
    (Kind.REASONS, lambda q: q.has("why")),
    (Kind.RATED, lambda q: bool(q.ratings or q.about_rating) or q.has("rated")),
    (Kind.HELP, lambda q: q.has("help") and not q.companies),
    (Kind.SUMMARY, lambda q: q.has("summary", "what_about")),
    (Kind.GREETING, lambda q: q.has("greeting") and q.length <= 6),
    (Kind.THANKS, lambda q: q.has("thanks") and q.length <= 8),
    (Kind.BYE, lambda q: q.has("bye") and q.length <= 6),
    (Kind.HELP, lambda q: q.has("help")),
)  # fmt: skip


def _only(found: tuple[str, ...], *allowed: str) -> bool:
    return set(found) <= set(allowed)


def kind_of(seen: Seen) -> Kind:
    """The kind of the first rule that fits."""
    return next((kind for kind, fits in _RULES if fits(seen)), Kind.UNKNOWN)
