"""What cannot be answered, said in one sentence, with what there is instead."""

from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.normalise import word_set
from deploy.offline_model.material.analysis import Analysis
from deploy.offline_model.speak.basics import figure, not_now, rated, unavailable
from deploy.offline_model.speak.product import quoted_term
from deploy.offline_model.speak.reasons import both_sides
from deploy.offline_model.speak.screens import speak_screen
from deploy.offline_model.speak.words import listed

_TOPICS: dict[str, tuple[str, str]] = {
    "news": ("news", "Nachrichten"),
    "lawsuits": ("legal matters", "Rechtsfragen"),
    "people": ("management, staff and history", "Führung, Mitarbeiter und Geschichte"),
    "products": ("products and customers", "Produkte und Kunden"),
    "owners": ("owners and short sellers", "Eigentümer und Leerverkäufer"),
    "funds": ("funds, bonds and other things than shares", "Fonds, Anleihen und anderes als Aktien"),
    "index": ("membership in indices", "Mitgliedschaft in Indizes"),
    "dates": ("dates of reports and payments", "Termine von Berichten und Zahlungen"),
    "analysts": ("opinions of analysts", "Meinungen von Analysten"),
    "statements": ("that item of the accounts", "diesen Posten der Bilanz"),
    "trading": ("trading signals", "Handelssignale"),
    "world": ("that", "so etwas"),
    "esg": ("environment and society", "Umwelt und Gesellschaft"),
    "events": ("mergers and other events", "Fusionen und andere Ereignisse"),
}
_NOT_COVERED = (
    "The analysis does not say anything about {topic}; it covers price, earnings, valuation, dividend and size.",
    "Über {topic} sagt die Analyse nichts; sie umfasst Kurs, Gewinn, Bewertung, Dividende und Größe.",
)
_FORECAST = (
    "The analysis does not say what will happen, and whether its rule predicts anything is untested.",
    "Was kommen wird, sagt die Analyse nicht, und ob ihre Regel etwas vorhersagt, ist ungeprüft.",
)
_ADVICE = (
    "I cannot tell you what to do; the analysis only says this.",
    "Einen Rat kann ich nicht geben; die Analyse sagt nur dies.",
)
_INJECT = (
    "I can only talk about the analyses, so I leave that aside.",
    "Ich kann nur über die Analysen sprechen und lasse das beiseite.",
)
_NOT_IN_DATA = (
    "{names} is not in the data, so there are no figures for it here.",
    "{names} ist nicht in den Daten; Zahlen dazu gibt es hier nicht.",
)
_NOT_IN_DATA_MANY = (
    "{names} are not in the data, so there are no figures for them here.",
    "{names} sind nicht in den Daten; Zahlen dazu gibt es hier nicht.",
)
_OTHERS = ("Ask again for {others}.", "Für {others} bitte einzeln fragen.")
_NO_COMPANY = (
    "Which company do you mean? Name one, or open its page.",
    "Welches Unternehmen ist gemeint? Nenne eines oder öffne seine Seite.",
)
_UNCLEAR = (
    "I understood that you ask about {company}, but not what; this is where it stands.",
    "Verstanden habe ich, dass es um {company} geht, aber nicht, was gefragt ist; so steht es.",
)
_UNCLEAR_ALL = (
    "I did not understand what you ask; try a figure, a rating, what changed, or a comparison of companies.",
    "Die Frage habe ich nicht verstanden; frag nach einer Kennzahl, einer Einstufung, Änderungen oder einem Vergleich.",
)


_ASKS_MEANING = word_set(
    "what explain mean means meaning how define was wie erklaere erklaer heisst bedeutet begriff term why warum"
)


def _here(ctx: Context) -> Analysis | None:
    return ctx.analysis() if ctx.about else None


def _with_rating(ctx: Context, said: str) -> str:
    analysis = _here(ctx)
    return f"{said} {rated(ctx, analysis)}" if analysis and analysis.rating else said


def speak_outside(ctx: Context) -> str:
    """A subject that no analysis covers; figures that are asked for beside it follow."""
    topics = [ctx.say(_TOPICS[each]) for each in ctx.question.outside[:2] if each in _TOPICS]
    said = ctx.say(_NOT_COVERED, topic=listed(topics, german=ctx.german, last="oder" if ctx.german else "or"))
    keys = [key for key in ctx.question.metrics if key not in ("score", "rating")]
    analysis = _here(ctx)
    if keys and analysis and analysis.rating:
        return f"{said} {figure(ctx, analysis, keys[0])}"
    return _with_rating(ctx, said)


def speak_forecast(ctx: Context) -> str:
    """The future."""
    return _with_rating(ctx, ctx.say(_FORECAST))


def speak_advice(ctx: Context) -> str:
    """What to do: no advice, but the rating and its reasons."""
    said = ctx.say(_ADVICE)
    if not ctx.about:
        return f"{said} {speak_screen(ctx)}"
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return f"{said} {missing}"
    return " ".join([said, not_now(ctx, analysis) + rated(ctx, analysis), *both_sides(ctx, analysis)[:2]])


def speak_inject(ctx: Context) -> str:
    """Orders to the model."""
    return _with_rating(ctx, ctx.say(_INJECT))


def speak_not_in_data(ctx: Context) -> str:
    """Companies that are not in the data."""
    names = ctx.subjects.not_in_data
    return ctx.say(
        _NOT_IN_DATA if len(names) == 1 else _NOT_IN_DATA_MANY, names=listed(names, german=ctx.german)
    )


def speak_others(ctx: Context, others: Sequence[str]) -> str:
    """Which other companies were named (or are another share class of the same) and can be asked about."""
    return ctx.say(_OTHERS, others=listed(others, german=ctx.german))


def speak_no_company(ctx: Context) -> str:
    """No company is named or open."""
    return ctx.say(_NO_COMPANY)


def speak_unknown(ctx: Context) -> str:
    """Not understood: a term of the glossary perhaps; else what was understood, and where the company stands."""
    words = set(ctx.question.words)
    if _ASKS_MEANING & words and words - _ASKS_MEANING and (meaning := quoted_term(ctx, ctx.text)):
        return meaning
    if not ctx.about:
        return ctx.say(_UNCLEAR_ALL)
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    said = ctx.say(_UNCLEAR, company=analysis.company.shown)
    return " ".join([said, not_now(ctx, analysis) + rated(ctx, analysis), *both_sides(ctx, analysis)[:2]])
