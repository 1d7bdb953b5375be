"""What several kinds say: no analysis, the heading of one, a figure with its peers, a stated figure that is wrong."""

from deploy.offline_model.context import Context
from deploy.offline_model.language.numbers import Number
from deploy.offline_model.material.analysis import Analysis, Metric, as_number
from deploy.offline_model.speak.words import capital, day, metric_name, rating_word, sentence, the_metric

RATED = (
    "{company} is rated {rating} with a score of {score} ({date}).",
    "{company} ist mit {rating} eingestuft, Punktzahl {score} ({date}).",
)
WAS_RATED = (
    "{company} was rated {rating} with a score of {score} ({date}).",
    "{company} war mit {rating} eingestuft, Punktzahl {score} ({date}).",
)
_IS = (
    "{metric} of {company} {verb} {value} ({date}).",
    "{metric} von {company} beträgt {value} ({date}).",
)
_NONE = (
    "There is no {metric} for {company} ({date}){why}.",
    "Für {company} gibt es keine Angabe zu {metric} ({date}){why}.",
)
_MEDIAN = (
    "That is {side} the peers' median of {median} ({peers}).",
    "Das liegt {side} Median der Vergleichsgruppe, {median} ({peers}).",
)
_NO_MEDIAN_SIDE = (
    "The peers' median is {median} ({peers}).",
    "Der Median der Vergleichsgruppe ist {median} ({peers}).",
)
_NOT_LOOKED_UP = (
    "I could not look up {company}, so I cannot give its figures here.",
    "{company} konnte ich nicht nachschlagen, deshalb nenne ich dazu keine Zahlen.",
)
_NO_ANALYSIS = (
    "{company} is not rated: there is no analysis of it{why}.",
    "{company} ist nicht eingestuft: Es gibt dazu keine Analyse{why}.",
)
_NOT_NOW = (
    "{company} is not rated now: {why}. Its last analysis is of {date}.",
    "{company} ist zurzeit nicht eingestuft: {why}. Die letzte Analyse ist vom {date}.",
)
_NOT_SO = (
    "No: {metric} of {company} is {value} ({date}), not {stated}.",
    "Nein: {metric} von {company} beträgt {value} ({date}), nicht {stated}.",
)
_SO = (
    "Yes: {metric} of {company} is {value} ({date}).",
    "Ja: {metric} von {company} beträgt {value} ({date}).",
)
_UNITS = {"percent": " %", "points": " points", "times": "", "dollars": "", "": ""}


def dated(ctx: Context, iso: str) -> str:
    """A date in the language of the answer."""
    return day(iso, german=ctx.german)


def unavailable(ctx: Context, analysis: Analysis | None) -> str:
    """What to say where there is no analysis to answer from; empty where there is one."""
    if analysis is None:
        return ctx.say(_NOT_LOOKED_UP, company=ctx.company.shown)
    if analysis.rating:
        return ""
    return ctx.say(_NO_ANALYSIS, company=analysis.company.shown, why=_because(analysis.not_rated))


def not_now(ctx: Context, analysis: Analysis) -> str:
    """A sentence before any answer about a company that has an analysis but is not rated now; else empty."""
    if not analysis.not_rated:
        return ""
    why = analysis.not_rated.rstrip(".")
    return ctx.say(_NOT_NOW, company=analysis.company.shown, why=why, date=dated(ctx, analysis.date)) + " "


def rated(ctx: Context, analysis: Analysis) -> str:
    """ "Coca-Cola Company (KO) is rated hold with a score of 57.9 (22 Aug 2026)."; "was" on a date asked for."""
    return ctx.say(
        WAS_RATED
        if analysis.asked_for or (ctx.question.moments and analysis.date < str(ctx.newest))
        else RATED,
        company=analysis.company.shown,
        rating=rating_word(analysis.rating, german=ctx.german),
        score=analysis.score,
        date=dated(ctx, analysis.date),
    )


def figure(ctx: Context, analysis: Analysis, key: str) -> str:
    """One figure of an analysis with the peers' median, or why it is missing."""
    metric = analysis.metric(key)
    if metric is None or not metric.value:
        return no_figure(ctx, analysis, key)
    said = ctx.say(
        _IS,
        metric=capital(the_metric(key, german=ctx.german)),
        company=analysis.company.shown,
        value=metric.value,
        date=dated(ctx, metric.as_of or analysis.date),
        verb="are" if key.startswith("earnings_per_share") else "is",
    )
    return " ".join(filter(None, [said, median_of(ctx, metric), note_of(ctx, metric)]))


def no_figure(ctx: Context, analysis: Analysis, key: str) -> str:
    """That a figure is missing, and why as far as the analysis says it."""
    metric, reason = analysis.metric(key), analysis.reason(key)
    note = metric.note if metric else ""
    if not note and reason and not reason.points:
        note = reason.sentence.rpartition(": ")[2]
    return ctx.say(
        _NONE,
        metric=metric_name(key, german=ctx.german),
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        why=_because(note),
    )


def median_of(ctx: Context, metric: Metric) -> str:
    """The peers' median of a figure and on which side of it the figure is; empty if there is none."""
    if not metric.median:
        return ""
    value, middle = as_number(metric.value), as_number(metric.median)
    if value is None or middle is None:
        return ctx.say(_NO_MEDIAN_SIDE, median=metric.median, peers=metric.peers)
    sides = ("equal to", "beim") if value == middle else ("above", "über dem")
    sides = ("below", "unter dem") if value < middle else sides
    return ctx.say(_MEDIAN, median=metric.median, peers=metric.peers, side=sides[ctx.german])


def note_of(ctx: Context, metric: Metric) -> str:
    """What the analysis notes on a figure, as a quotation."""
    return (
        sentence(f"{'Hinweis der Analyse' if ctx.german else 'Note'}: {metric.note}") if metric.note else ""
    )


def stated_word(number: Number) -> str:
    """A number as the question has it: "9 %", "$500"."""
    return f"{'$' if number.unit == 'dollars' else ''}{number.written}{_UNITS[number.unit]}"


def agrees(shown: str, number: Number) -> bool:
    """Whether a stated number is the shown figure, rounded as it was said."""
    value = as_number(shown)
    if value is None:
        return False
    if number.value and abs(value) >= 1e6:
        return abs(value / number.value - 1) < 0.01
    return abs(value - number.value) <= 0.5 * 10.0**-number.decimals + 1e-9


def checked(ctx: Context, analysis: Analysis, key: str, shown: str, number: Number) -> str:
    """Whether a figure is as the question says."""
    return ctx.say(
        _SO if agrees(shown, number) else _NOT_SO,
        metric=the_metric(key, german=ctx.german),
        company=analysis.company.shown,
        value=shown,
        date=dated(ctx, analysis.date),
        stated=stated_word(number),
    )


def _because(note: str) -> str:
    return f": {note.rstrip('.')}" if note else ""
