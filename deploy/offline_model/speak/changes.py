"""What changed between two analyses of a company, and between two dates in the whole market."""

import datetime as dt
import re
from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.metrics import key_of_label
from deploy.offline_model.material.analysis import Analysis
from deploy.offline_model.material.lines import Lines, Row
from deploy.offline_model.material.subjects import called
from deploy.offline_model.speak.basics import dated, rated, unavailable
from deploy.offline_model.speak.screens import in_sector
from deploy.offline_model.speak.words import listed, metric_name, rating_word

_MOST = 3
_NO_EARLIER = (
    "There is no earlier analysis to compare with. {now}",
    "Es gibt keine frühere Analyse zum Vergleichen. {now}",
)
_NOTHING = (
    "There is nothing to compare: {why}. {now}",
    "Es gibt nichts zu vergleichen: {why}. {now}",
)
_ONLY = (
    "That is among the {shown} changes.",
    "Das gilt für die Änderungen {shown}.",
)
_SINCE = ("{company}, {first} to {last}: {said}", "{company}, {first} bis {last}: {said}")
_SCORE_DE = {
    "rose": "Die Punktzahl stieg um {by} auf {to} (von {from_})",
    "fell": "Die Punktzahl fiel um {by} auf {to} (von {from_})",
}
_STAYED_DE = "Die Punktzahl blieb bei {to}"
_SCORE = re.compile(r"the score (rose|fell) by ([\d.]+) points to ([\d.]+) \(from ([\d.]+)\)")
_STAYED = re.compile(r"the score stayed at ([\d.]+)")
_RATING_STILL = re.compile(r"the rating is still (\w+)")
_RATING_WENT = re.compile(r"the rating went from (\w+) to (\w+)")
_PRICE = re.compile(r"The price went from (\S+) to (\S+) \((.+?)\)\.")
_POINTS = re.compile(r"^(.+?): ([+−][\d.]+) points \((\S+) → (\S+)\)")
_DID_NOT = (
    "No, the rating of {company} did not change that way: {now}",
    "Nein, die Einstufung von {company} hat sich nicht so geändert: {now}",
)
_MARKET = (
    "From {first} to {last} these changed their rating{what}: {rows}.",
    "Von {first} bis {last} haben diese ihre Einstufung geändert{what}: {rows}.",
)
_MARKET_ALL = (
    "{count} companies changed their rating from {first} to {last}{what}, among them {rows}.",
    "{count} Unternehmen haben von {first} bis {last} ihre Einstufung geändert{what}, darunter {rows}.",
)
_MARKET_NONE = (
    "No company changed its rating{what} from {first} to {last}.",
    "Kein Unternehmen hat von {first} bis {last} seine Einstufung geändert{what}.",
)
_LARGEST = ("The largest moves of the score: {rows}.", "Die größten Bewegungen der Punktzahl: {rows}.")
_ROW = (
    "{company} ({ticker}) from {before} to {after}",
    "{company} ({ticker}) von {before} zu {after}",
)
_MOVE = (
    "{company} ({ticker}) from {before} to {after} points",
    "{company} ({ticker}) von {before} auf {after} Punkte",
)
_NOT_KNOWN = (
    "I could not look up what changed in the market; the newest data is of {date}.",
    "Was sich im Markt geändert hat, konnte ich nicht nachschlagen; die neuesten Daten sind vom {date}.",
)
_ROWS_MOST = 8


def speak_changed(ctx: Context) -> str:
    """What changed since a date, or since the analysis before."""
    analysis = ctx.analysis()
    start, end = _dates(ctx)
    if ctx.question.has("then") and not start and analysis and analysis.date < ctx.newest.isoformat():
        start, end = analysis.date, ctx.newest.isoformat()
    sentences, first, last = _page_changes(ctx, analysis, start, end)
    looked_up = None
    if not sentences:
        looked_up = ctx.look_up("what_changed", ticker=ctx.company.ticker, **{"from": start, "to": end})
        if looked_up and looked_up.list_of("CHANGES"):
            sentences = looked_up.list_of("CHANGES")
            first, last = looked_up.fact("FROM"), looked_up.fact("TO")
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    if not sentences:
        error = looked_up.fact("ERROR").rstrip(".") if looked_up else ""
        return ctx.say(_NOTHING if error else _NO_EARLIER, why=error, now=rated(ctx, analysis))
    told = (
        [_in_german(each) for each in sentences if not each.startswith("The same")]
        if ctx.german
        else sentences
    )
    said = ctx.say(
        _SINCE,
        company=analysis.company.shown,
        first=dated(ctx, first.partition(" ")[0]),
        last=dated(ctx, last.partition(" ")[0]),
        said=" ".join(told[: _MOST + 1]),
    )
    return _contradicted(ctx, analysis, sentences[0]) or said


def _dates(ctx: Context) -> tuple[str | None, str | None]:
    moments = sorted(ctx.question.moments, key=lambda moment: moment.first)
    first = moments[0].first.isoformat() if moments else None
    return first, moments[-1].last.isoformat() if len(moments) > 1 else None


def _page_changes(
    ctx: Context, analysis: Analysis | None, start: str | None, end: str | None
) -> tuple[list[str], str, str]:
    """The changes that the page's block holds, if they are of the time that is asked about."""
    if analysis is None or not analysis.changes or end:
        return [], "", ""
    if start and not analysis.changes_since <= start < analysis.date:
        return [], "", ""
    asked = _items_asked(ctx, analysis.changes)
    return asked, analysis.changes_since, analysis.date


def _items_asked(ctx: Context, sentences: Sequence[str]) -> list[str]:
    """The headline, then what is said of the figures that the question names, if any, before the rest."""
    keys = set(ctx.question.metrics)
    first = [each for each in sentences[1:] if key_of_label(each.partition(": ")[0]) in keys]
    rest = [each for each in sentences[1:] if each not in first and not each.startswith("The same points")]
    return [sentences[0], *first, *rest]


def _in_german(text: str) -> str:
    """A sentence of changes in German, as far as it has the known form; else quoted as it is."""
    item = _POINTS.match(text)
    if item:
        name = metric_name(key_of_label(item[1]), german=True)
        return f"{name}: {item[2]} Punkte ({item[3]} → {item[4]})."
    score, stayed = _SCORE.search(text), _STAYED.search(text)
    if not score and not stayed:
        return f"„{text}“"
    first = (
        _SCORE_DE[score[1]].format(by=score[2], to=score[3], from_=score[4])
        if score
        else _STAYED_DE.format(to=stayed[1] if stayed else "")
    )
    still, went, price = _RATING_STILL.search(text), _RATING_WENT.search(text), _PRICE.search(text)
    if still:
        first += f", die Einstufung ist weiterhin {rating_word(still[1], german=True)}"
    if went:
        before, after = (rating_word(each, german=True) for each in went.groups())
        first += f", die Einstufung ging von {before} zu {after}"
    return f"{first}." + (f" Der Kurs ging von {price[1]} auf {price[2]} ({price[3]})." if price else "")


def _contradicted(ctx: Context, analysis: Analysis, headline: str) -> str:
    """A no, where the question says that the rating went from one to another and it did not."""
    ratings = ctx.question.ratings
    if len(ratings) != 2 or not ctx.question.has("became") or _RATING_WENT.search(headline):
        return ""
    went = {row.get("rating") for row in analysis.history}
    if set(ratings) <= went:
        return ""
    return ctx.say(_DID_NOT, company=analysis.company.shown, now=rated(ctx, analysis))


def speak_market_changed(ctx: Context) -> str:
    """Which companies changed their rating: all, those that became one, those of a sector."""
    start, end = _dates(ctx)
    start = start or (ctx.newest - dt.timedelta(days=7)).isoformat()
    looked_up = ctx.look_up("what_changed", **{"from": start, "to": end})
    members = in_sector(ctx) if ctx.question.sectors or ctx.question.filters else None
    if looked_up is None or looked_up.fact("ERROR"):
        return ctx.say(_NOT_KNOWN, date=dated(ctx, ctx.newest.isoformat()))
    rows = _chosen(ctx, looked_up, members)
    facts = {
        "first": dated(ctx, looked_up.fact("FROM").partition(" ")[0]),
        "last": dated(ctx, looked_up.fact("TO").partition(" ")[0]),
        "what": _what(ctx),
    }
    if not rows:
        return ctx.say(_MARKET_NONE, **facts)
    directed = ctx.question.has("raised_rating", "cut_rating")
    is_all = not ctx.question.ratings and members is None and not directed
    texts = _MARKET_ALL if is_all and looked_up.fact("RATING CHANGES") else _MARKET
    said = ctx.say(
        texts,
        count=looked_up.fact("RATING CHANGES"),
        rows=listed([_row(ctx, row) for row in rows[:_ROWS_MOST]], german=ctx.german),
        **facts,
    )
    if not is_all:
        shown = looked_up.fact("SHOWN")
        return f"{said} {ctx.say(_ONLY, shown=shown)}" if shown else said
    moves = [_row(ctx, row, moved=True) for row in looked_up.table("LARGEST MOVES")[:3]]
    more = ctx.say(_LARGEST, rows=listed(moves, german=ctx.german)) if moves else ""
    return f"{said} {more}".strip()


def _chosen(ctx: Context, looked_up: Lines, members: set[str] | None) -> list[Row]:
    asked = ctx.question.ratings
    rows = looked_up.table("RATINGS CHANGED")
    if len(asked) > 1 and ctx.question.has("became"):
        rows = [row for row in rows if (row.get("before"), row.get("after")) == asked[:2]]
    elif asked:
        rows = [row for row in rows if row.get("after") in asked]
    for feature, wanted in (("raised_rating", 1), ("cut_rating", -1)):
        if ctx.question.has(feature):
            rows = [row for row in rows if wanted * _step(row) > 0]
    return [row for row in rows if members is None or row.get("ticker") in members]


def _step(row: Row) -> int:
    order = ("sell", "hold", "buy")
    return order.index(row.get("after", "hold")) - order.index(row.get("before", "hold"))


def _what(ctx: Context) -> str:
    german = ctx.german
    parts = []
    if ctx.question.ratings:
        word = rating_word(ctx.question.ratings[-1], german=german)
        parts.append(f"zu {word}" if german else f"to {word}")
    elif ctx.question.has("cut_rating") != ctx.question.has("raised_rating"):
        words = ("nach unten", "nach oben") if german else ("downwards", "upwards")
        parts.append(words[ctx.question.has("raised_rating")])
    if ctx.question.sectors:
        parts.append(f"in {ctx.question.sectors[0]}")
    return f" {' '.join(parts)}" if parts else ""


def _row(ctx: Context, row: Row, *, moved: bool = False) -> str:
    names = {"company": called(row.get("company", "")), "ticker": row.get("ticker", "")}
    if moved:
        return ctx.say(_MOVE, before=row.get("score before", ""), after=row.get("score after", ""), **names)
    before, after = (rating_word(row.get(each, ""), german=ctx.german) for each in ("before", "after"))
    return ctx.say(_ROW, before=before, after=after, **names)
