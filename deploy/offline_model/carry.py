"""Follow-ups: what a question leaves out is taken from the one before, and only that."""

import datetime as dt

from deploy.offline_model.kinds import Kind
from deploy.offline_model.language.dates import Moment
from deploy.offline_model.language.normalise import word_set
from deploy.offline_model.question import Question

_SHORT = 4
_VERBS = word_set(
    "is are was were does do did has have had would could can should will tell show give explain ist sind war waren hat haben "
    "hatte waere wuerde kann liegt betraegt wirkt zeig zeige nenne erklaere compare vergleiche compares"
)
_OF_A_METRIC = frozenset(
    {
        Kind.EFFECT, Kind.WITHOUT, Kind.AT_DATE, Kind.HISTORY, Kind.EXTREME, Kind.COMPARE, Kind.PEERS, Kind.DEFINE,
        Kind.MISSING, Kind.FIGURE,
    }
)  # fmt: skip
_OPEN = frozenset({Kind.FIGURE, Kind.UNKNOWN, Kind.RATED, Kind.SCREEN, Kind.EFFECT, Kind.PEERS, Kind.EXTREME})
_TALK = frozenset({Kind.GREETING, Kind.THANKS, Kind.BYE, Kind.HELP, Kind.INJECT, Kind.UNKNOWN, Kind.OUTSIDE})
_ONE_FIGURE = frozenset({Kind.FIGURE, Kind.AT_DATE, Kind.PRICE_AT, Kind.PEERS, Kind.EFFECT})
_OVER_TIME = frozenset({Kind.HISTORY, Kind.EXTREME, Kind.CHANGED, Kind.MARKET_CHANGED})
_OF_MANY = frozenset({Kind.SCREEN, Kind.MARKET_CHANGED})


def is_elliptical(asked: Question) -> bool:
    """It is no sentence of its own: "and the yield?", "what about Pepsi?", "since June?"."""
    if asked.has("what_about"):
        return True
    has_verb = bool(_VERBS.intersection(asked.words))
    return (asked.starts_with_and and not has_verb) or (not has_verb and asked.length <= _SHORT)


def carry(before: Question | None, asked: Question) -> Question:
    """`asked` with its missing slots from `before`, the question (so completed) of the turn before."""
    if before is None:
        return asked
    if before.kind in _TALK:
        return asked._replace(metrics=asked.metrics or before.metrics) if _wants_metric(asked) else asked
    for step in (
        _why,
        _which_of_them,
        _pointing,
        _elliptical_many,
        _dated,
        _rated,
        _metric_only,
        _nothing_of_its_own,
    ):
        completed = step(before, asked)
        if completed is not None:
            return completed
    return asked


def _wants_metric(asked: Question) -> bool:
    return not _metrics(asked) and asked.kind in (Kind.DEFINE, Kind.WITHOUT, Kind.MISSING)


def _metrics(asked: Question) -> tuple[str, ...]:
    return tuple(key for key in asked.metrics if key not in ("score", "rating"))


def _has_no_measure(asked: Question) -> bool:
    """It does not say by what to compare."""
    return not asked.metrics and not asked.has(
        "cheap", "dear", "larger", "smaller", "grow_faster", "performance"
    )


def _why(before: Question, asked: Question) -> Question | None:
    """A bare "why?" asks for what was just said."""
    if asked.kind is not Kind.REASONS or asked.length > _SHORT or not asked.has("why"):
        return None
    if asked.has("for", "against") or asked.ratings or asked.metrics:
        return None
    if before.kind in (Kind.HISTORY, Kind.CHANGED, Kind.AT_DATE, Kind.EXTREME):
        return asked._replace(kind=Kind.CHANGED, moments=before.moments)
    if before.kind is Kind.COMPARE:
        return asked._replace(kind=Kind.COMPARE, tickers=before.tickers, metrics=before.metrics)
    if _metrics(before) and before.kind in (Kind.FIGURE, Kind.EFFECT, Kind.PEERS, Kind.MISSING, Kind.WITHOUT):
        kind = Kind.MISSING if before.kind is Kind.MISSING else Kind.EFFECT
        return asked._replace(kind=kind, metrics=before.metrics)
    return None


def _which_of_them(before: Question, asked: Question) -> Question | None:
    """ "Which yields more?" after a comparison asks it of those that were compared."""
    if before.kind is not Kind.COMPARE or asked.tickers or asked.filters or asked.has("companies", "market"):
        return None
    ends = asked.has(
        "higher", "lower", "better", "larger", "smaller", "extreme_high", "extreme_low", "pays_most"
    )
    if not (asked.has("which", "who") and ends) or asked.kind not in _OPEN:
        return None
    metrics = asked.metrics or (("score",) if asked.has("points") else ())
    return asked._replace(kind=Kind.COMPARE, tickers=before.tickers, metrics=metrics) if metrics else None


def _pointing(before: Question, asked: Question) -> Question | None:
    """ "How does that affect the rating?", "what does it mean?", "and without it?"."""
    if _metrics(asked) or not _metrics(before):
        return None
    points = asked.points_back or is_elliptical(asked)
    if (
        asked.has("effect")
        and points
        and asked.kind in (Kind.RATED, Kind.UNKNOWN, Kind.REASONS, Kind.SUMMARY)
    ):
        return asked._replace(kind=Kind.EFFECT, metrics=before.metrics)
    if asked.has("without") and points and asked.kind in (Kind.UNKNOWN, Kind.WITHOUT, Kind.RATED):
        return asked._replace(kind=Kind.WITHOUT, metrics=before.metrics)
    if asked.kind in (Kind.DEFINE, Kind.MISSING, Kind.EXTREME) and points:
        return asked._replace(metrics=before.metrics)
    if asked.kind is Kind.WHO_PEERS and asked.starts_with_and and is_elliptical(asked):
        return asked._replace(kind=Kind.PEERS, metrics=before.metrics)
    if asked.kind is Kind.PEERS and (points or asked.length <= 2 * _SHORT):
        return asked._replace(metrics=before.metrics)
    if asked.kind is Kind.COMPARE and points and _has_no_measure(asked):
        return asked._replace(metrics=before.metrics)
    return None


def _elliptical_many(before: Question, asked: Question) -> Question | None:
    """A condition more, another sector, another order, for a screen."""
    narrows = is_elliptical(asked) or bool(
        {"those", "them", "these", "davon", "diesen"}.intersection(asked.words)
    )
    if before.kind not in _OF_MANY or not narrows or asked.tickers or asked.kind in _TALK - {Kind.UNKNOWN}:
        return None
    if asked.kind in (Kind.REASONS, Kind.RULE, Kind.AGE, Kind.DEFINE):
        return None
    said = {each.metric for each in asked.filters}
    return asked._replace(
        kind=before.kind if asked.kind is not Kind.MARKET_CHANGED else asked.kind,
        filters=(*(each for each in before.filters if each.metric not in said), *asked.filters)[-4:],
        sectors=asked.sectors or before.sectors,
        ratings=asked.ratings or before.ratings,
        metrics=asked.metrics or before.metrics,
        moments=asked.moments or before.moments,
        features=asked.features | (before.features if not asked.metrics else frozenset({"which"})),
        bare=asked.bare or before.bare,
    )


def _dated(before: Question, asked: Question) -> Question | None:
    """Another time for the same: "and a month earlier?", "since June?"."""
    if not asked.moments or _metrics(asked) or asked.kind not in _DATED or asked.has("changed"):
        return None
    if not is_elliptical(asked) and asked.length > 2 * _SHORT:
        return None
    if asked.has("performance", "rated") or asked.ratings:
        return None
    keeps_kind = before.kind in _OVER_TIME and not any(moment.back for moment in asked.moments)
    kind = before.kind if keeps_kind else asked.kind
    if before.kind is Kind.COMPARE:
        kind = Kind.COMPARE if asked.kind is Kind.AT_DATE else asked.kind
    if kind is Kind.CHANGED and before.kind in _ONE_FIGURE and _metrics(before):
        kind = Kind.HISTORY if asked.has("since") else Kind.AT_DATE
    return asked._replace(
        kind=kind,
        metrics=asked.metrics or before.metrics,
        moments=tuple(_moved(moment, before.moments) for moment in asked.moments),
        features=asked.features | (before.features & {"extreme_high", "extreme_low"}),
        tickers=asked.tickers or before.tickers,
    )


def _moved(moment: Moment, before: tuple[Moment, ...]) -> Moment:
    """ "A month earlier" counts back from the date that was talked about."""
    if not moment.back or not before:
        return moment
    date = before[0].first - dt.timedelta(days=moment.back)
    return moment._replace(first=date, last=date)


def _rated(before: Question, asked: Question) -> Question | None:
    """ "And from a sell?" """
    if asked.kind is Kind.RATED and is_elliptical(asked) and asked.ratings:
        if before.kind in (Kind.DISTANCE, Kind.SINGLE):
            return asked._replace(kind=before.kind)
        if before.kind is Kind.REASONS and asked.tickers:
            return asked._replace(kind=before.kind)
    return None


def _metric_only(before: Question, asked: Question) -> Question | None:
    """ "And the P/E?": the same for another figure."""
    if asked.kind is not Kind.FIGURE or not is_elliptical(asked) or before.kind not in _OF_A_METRIC:
        return None
    return asked._replace(
        kind=before.kind,
        moments=before.moments,
        tickers=asked.tickers or (before.tickers if before.kind is Kind.COMPARE else ()),
        features=asked.features | (before.features & _CARRIED),
    )


_DATED = frozenset({Kind.AT_DATE, Kind.HISTORY, Kind.CHANGED, Kind.UNKNOWN})
_SAME = frozenset({"that", "same", "das", "dasselbe", "it", "likewise", "auch", "gleiche"})
_CARRIED = frozenset({"extreme_high", "extreme_low", "since", "rank", "peers", "effect", "two"})


def _nothing_of_its_own(before: Question, asked: Question) -> Question | None:
    """Only another company, or nothing at all: the question before, of that company."""
    same = asked.has("what_about") or bool(_SAME.intersection(asked.words))
    alone = asked.kind is Kind.UNKNOWN or (asked.kind is Kind.SUMMARY and same)
    names_company = asked.kind is Kind.COMPARE and is_elliptical(asked) and _has_no_measure(asked)
    if not (alone or names_company) or (asked.kind is Kind.UNKNOWN and not (is_elliptical(asked) or same)):
        return None
    if names_company and before.kind is Kind.COMPARE:
        return asked._replace(metrics=before.metrics, features=asked.features | before.features)
    if names_company:
        return asked._replace(metrics=_metrics(before))
    return before._replace(
        german=asked.german,
        tickers=asked.tickers or before.tickers,
        length=asked.length,
        starts_with_and=asked.starts_with_and,
        points_back=asked.points_back,
        words=asked.words,
        outside=asked.outside,
        stated=(),
    )
