"""The product itself: terms, the rule, how old the data is, what can be asked, manners."""

import re

from deploy.offline_model.context import Context
from deploy.offline_model.material.lines import Lines
from deploy.offline_model.speak.basics import dated, figure, rated
from deploy.offline_model.speak.words import capital, day, metric_name

_SENTENCES = 3
TERM_MOST = 200
"""Characters of a term that is looked up."""

_NO_TERM = (
    "That term is not explained here; the analyses hold price, earnings, valuation, dividend, size and the rating's reasons.",
    "Dieser Begriff wird hier nicht erklärt; die Analysen enthalten Kurs, Gewinn, Bewertung, Dividende, Größe und die Gründe der"
    " Einstufung.",
)
_MEANINGS: dict[str, tuple[str, str]] = {
    "price": ("The price is what one share cost at the close before the snapshot.", "Der Kurs ist der Preis einer Aktie zum Handelsschluss vor dem Datenstand."),
    "price_earnings": ("P/E is the price of a share divided by its earnings in a year: low is cheap.", "Das KGV ist der Kurs geteilt durch den Gewinn je Aktie eines Jahres: Je niedriger, desto günstiger."),
    "price_sales": ("P/S is the market value divided by a year's sales: low is cheap.", "Das KUV ist der Börsenwert geteilt durch den Umsatz eines Jahres: Je niedriger, desto günstiger."),
    "price_book": ("P/B is the market value divided by the book value of equity.", "Das KBV ist der Börsenwert geteilt durch den Buchwert des Eigenkapitals."),
    "cap_to_ebitda": ("Market cap ÷ EBITDA is the market value divided by EBITDA: low is cheap.", "Marktkapitalisierung ÷ EBITDA setzt den Börsenwert ins Verhältnis zum EBITDA: Je niedriger, desto günstiger."),
    "earnings_per_share": ("Earnings per share are a year's profit divided by the number of shares.", "Der Gewinn je Aktie ist der Jahresgewinn geteilt durch die Zahl der Aktien."),
    "earnings_change": ("The change in earnings per share says how far they are from some weeks before.", "Die Veränderung des Gewinns je Aktie vergleicht ihn mit dem Stand einige Wochen zuvor."),
    "dividend_yield": ("The dividend yield is a year's dividend as a part of the price.", "Die Dividendenrendite ist die Dividende eines Jahres im Verhältnis zum Kurs."),
    "payout": ("The payout is the part of earnings that is paid as a dividend.", "Die Ausschüttungsquote ist der Teil des Gewinns, der als Dividende gezahlt wird."),
    "ebitda": ("EBITDA is profit before interest, taxes, depreciation and amortisation.", "Das EBITDA ist der Gewinn vor Zinsen, Steuern und Abschreibungen."),
    "ebitda_margin": ("The EBITDA margin is EBITDA as a part of sales.", "Die EBITDA-Marge ist das EBITDA im Verhältnis zum Umsatz."),
    "return_on_equity": ("Return on equity is profit as a part of book equity, here P/B ÷ P/E.", "Die Eigenkapitalrendite ist der Gewinn im Verhältnis zum Eigenkapital, hier KBV ÷ KGV."),
    "return_20": ("The return over the last sessions says how far the price moved in about a month of trading.", "Die Rendite über die letzten Sitzungen sagt, wie weit sich der Kurs in etwa einem Handelsmonat bewegt hat."),
    "week52_low": ("It is the lowest price of the last year.", "Es ist der niedrigste Kurs des letzten Jahres."),
    "week52_high": ("It is the highest price of the last year.", "Es ist der höchste Kurs des letzten Jahres."),
    "week52_place": ("It says where the price stands between the lowest and the highest of the last year.", "Er sagt, wo der Kurs zwischen Tief und Hoch des letzten Jahres steht."),
    "market_cap": ("Market cap is the price times the number of shares: what the company costs on the market.", "Die Marktkapitalisierung ist Kurs mal Zahl der Aktien: was das Unternehmen an der Börse kostet."),
    "score": ("The score is a neutral start plus the points of all items; the rating follows from it by fixed lines.", "Die Punktzahl ist ein neutraler Anfang plus die Punkte aller Posten; aus ihr folgt die Einstufung nach festen Grenzen."),
    "rating": ("The rating is buy, hold or sell, and follows from the score by fixed lines.", "Die Einstufung lautet Kaufen, Halten oder Verkaufen und folgt nach festen Grenzen aus der Punktzahl."),
    "median": ("The peers' median is the value in the middle: half of the group lies above it, half below.", "Der Median der Vergleichsgruppe ist der mittlere Wert: Die Hälfte der Gruppe liegt darüber, die Hälfte darunter."),
}  # fmt: skip
_RULE = (
    "The score is a neutral start{start} plus the points of every item, most of them by comparison with the peers' median; fixed lines"
    " make it buy, hold or sell. Whether it predicts anything is untested.",
    "Die Punktzahl ist ein neutraler Anfang{start} plus die Punkte jedes Postens, die meisten im Vergleich zum Median der"
    " Vergleichsgruppe; feste Grenzen machen daraus Kaufen, Halten oder Verkaufen. Ob das etwas vorhersagt, ist ungeprüft.",
)
_LINES = (
    "The rating follows from the score by fixed lines{lines}.",
    "Die Einstufung folgt nach festen Grenzen aus der Punktzahl{lines}.",
)
_START = re.compile(r"score is (\d+) plus")
_FROM = re.compile(r"buy from (\d+) points, sell below (\d+)")
_TERMS = {"all_sectors": "sectors", "chosen": "peers"}
"""Features that name a term of the glossary."""
_AGE = (
    "The newest data is of {newest}{today}.",
    "Die neuesten Daten sind vom {newest}{today}.",
)
_AGE_OF = ("The analysis of {company} is of {date}.", "Die Analyse von {company} ist vom {date}.")
_HELP = (
    "I answer from the analyses of the companies in the data: a figure and its peers' median, why a company is a buy, hold or"
    " sell, what an item does to the score, how far it is from another rating, what changed, how a figure moved since a date,"
    ' two companies side by side, and searches over all of them. Try "Why is it a hold?", "Compare KO and PEP" or "Which'
    ' staples became a buy this week?".{now}',
    "Ich antworte aus den Analysen der Unternehmen in den Daten: eine Kennzahl und der Median der Vergleichsgruppe, warum etwas"
    " Kaufen, Halten oder Verkaufen ist, was ein Posten ausmacht, wie weit es bis zu einer anderen Einstufung ist, was sich"
    " geändert hat, wie sich ein Wert seit einem Datum bewegt hat, zwei Unternehmen im Vergleich und Suchen über alle."
    ' Zum Beispiel: „Warum ist es Halten?", „Vergleiche KO mit PEP".{now}',
)
_OPEN = (" The page open now is that of {company}.", " Offen ist gerade die Seite von {company}.")
_HELLO = (
    "Hello! Ask me about a figure, a rating, what changed, or a comparison.{now}",
    "Hallo! Frag mich nach einer Kennzahl, einer Einstufung, Änderungen oder einem Vergleich.{now}",
)
_WELCOME = ("You are welcome.{now}", "Gern geschehen.{now}")
_GOODBYE = ("Goodbye.", "Auf Wiedersehen.")


def speak_define(ctx: Context) -> str:
    """What one or two terms mean, and the figure of a single one on the page."""
    keys = list(ctx.question.metrics[:2])
    if not keys:
        term = next((name for feature, name in _TERMS.items() if ctx.question.has(feature)), ctx.text)
        return quoted_term(ctx, term) or ctx.say(_NO_TERM)
    said = [_meaning(ctx, key, sentences=_SENTENCES if len(keys) == 1 else 1) for key in keys]
    page = ctx.page
    if len(keys) == 1 and page and page.rating and (metric := page.metric(keys[0])) and metric.value:
        said.append(figure(ctx, page, keys[0]))
    return " ".join(said)


def quoted_term(ctx: Context, term: str) -> str:
    """What the glossary says of a term, quoted; empty if it does not know it."""
    lines = _explained(ctx, term[:TERM_MOST])
    return " ".join(lines.list_of("MEANING")[:_SENTENCES]) if lines else ""


def _explained(ctx: Context, term: str) -> Lines | None:
    return ctx.look_up("explain", term=term, language="de" if ctx.german else None)


def _meaning(ctx: Context, key: str, *, sentences: int) -> str:
    lines = _explained(ctx, key)
    quoted = lines.list_of("MEANING")[:sentences] if lines else []
    said = " ".join(quoted) or (ctx.say(_MEANINGS[key]) if key in _MEANINGS else ctx.say(_NO_TERM))
    name = metric_name(key, german=ctx.german)
    return said if name.lower() in said.lower() else f"{capital(name)}: {said}"


def speak_rule(ctx: Context) -> str:
    """How score and rating are made."""
    asks_lines = ctx.question.has("lines")
    lines = _explained(ctx, "rating" if asks_lines else "score")
    meaning = lines.list_of("MEANING")[:_SENTENCES] if lines else []
    said = " ".join(meaning)
    if not said:
        said = _lines_in_words(ctx, said) if asks_lines else _rule_in_words(ctx, said)
    return f"{said} {rated(ctx, ctx.page)}" if ctx.page and ctx.page.rating else said


def _rule_in_words(ctx: Context, quoted: str) -> str:
    """How the score is made, with the number that the glossary gives, if it gives one."""
    start = _START.search(quoted)
    return ctx.say(_RULE, start=f" {'von' if ctx.german else 'of'} {start[1]}" if start else "")


def _lines_in_words(ctx: Context, quoted: str) -> str:
    """From how many points a company is a buy or a sell, by the numbers of the glossary."""
    found = _FROM.search(quoted)
    if found is None:
        return ctx.say(_LINES, lines="")
    words = (
        "Kaufen ab {} Punkten, Verkaufen unter {}, sonst Halten"
        if ctx.german
        else "buy from {} points, sell below {}, else hold"
    )
    return ctx.say(_LINES, lines=f": {words.format(found[1], found[2])}")


def speak_age(ctx: Context) -> str:
    """The dates of the data, of the analysis, and of today."""
    german = ctx.german
    today = ctx.subjects.today.isoformat() if ctx.subjects.today else ""
    word = "; heute ist der " if german else "; today is "
    said = ctx.say(
        _AGE,
        newest=dated(ctx, ctx.newest.isoformat()),
        today=f"{word}{day(today, german=german)}" if today else "",
    )
    analysis = ctx.analysis() if ctx.about else None
    if analysis is None or not analysis.date:
        return said
    own = ctx.say(_AGE_OF, company=analysis.company.shown, date=dated(ctx, analysis.date))
    return f"{own} {said}"


def _now(ctx: Context) -> str:
    return ctx.say(_OPEN, company=ctx.page.company.shown) if ctx.page else ""


def speak_help(ctx: Context) -> str:
    """What can be asked."""
    return ctx.say(_HELP, now=_now(ctx))


def speak_greeting(ctx: Context) -> str:
    """Hello."""
    return ctx.say(_HELLO, now=_now(ctx))


def speak_thanks(ctx: Context) -> str:
    """You are welcome."""
    return ctx.say(_WELCOME, now=_now(ctx))


def speak_bye(ctx: Context) -> str:
    """Goodbye."""
    return ctx.say(_GOODBYE)
