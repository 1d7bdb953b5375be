"""How people call the figures of an analysis, in English and German: plain data, one place for all who read words.

Synonyms are in lower case, singular and plural where both are said; whoever matches them decides about word
boundaries. A synonym belongs to one metric only. ``loose`` words name a metric only where nothing else in the
sentence does ("it trades at 27.36 times earnings", "the margin"), because they mean other things as well.
"""

from typing import Literal, NamedTuple

MetricUnit = Literal["usd", "ratio", "fraction", "points", "text"]


class MetricWords(NamedTuple):
    """One metric: its key, its unit as stored, its labels, and what else it is called."""

    key: str
    unit: MetricUnit
    label: str
    label_de: str
    en: tuple[str, ...]
    de: tuple[str, ...]
    loose: tuple[str, ...] = ()


_ROWS = (
    MetricWords(
        "price", "usd", "Price", "Kurs",
        ("price", "share price", "stock price", "price per share", "price a share", "closing price", "prices",
         "share prices", "last price"),
        ("kurs", "kurse", "aktienkurs", "aktienkurse", "kurses", "aktienkurses", "schlusskurs", "schlusskurses",
         "preis", "aktienpreis", "börsenkurs"),
        ("stock", "shares", "share", "closed", "closes", "trades", "trading", "traded", "changes hands", "changed hands", "change hands", "priced", "px", "goes for", "costs", "cost",
         "aktie", "aktien", "papier", "notiert", "notierte", "schloss", "kostet", "kostete", "handelt"),
    ),
    MetricWords(
        "price_earnings", "ratio", "P/E", "KGV",
        ("p/e", "p/es", "pe", "p/e ratio", "pe ratio", "p/e multiple", "p / e", "price-earnings", "price/earnings",
         "price-to-earnings", "price to earnings", "price-earnings ratio", "price/earnings ratio",
         "price-to-earnings ratio", "price to earnings ratio", "earnings multiple", "price-to-earnings multiple",
         "multiple of earnings", "trailing p/e", "times earnings", "x earnings", "× earnings", "p.e.",
         "times its earnings", "times annual earnings", "times trailing earnings", "times profit", "times profits",
         "multiple of its earnings", "multiple of profit", "multiple of profits", "relative to earnings",
         "relative to its earnings", "relative to what it earns", "compared with its earnings",
         "compared to its earnings", "in relation to its earnings", "for what it earns", "for its earnings",
         "against its earnings", "relative to profits", "relative to its profits", "relative to their earnings"),
        ("kgv", "kgvs", "kurs-gewinn-verhältnis", "kurs-gewinn-verhältnisses", "kurs-gewinn-verhältnisse",
         "kurs/gewinn-verhältnis", "kurs gewinn verhältnis", "gewinnmultiplikator", "gewinn-multiple",
         "fache des gewinns", "fachen des gewinns", "fache der gewinne", "fachen jahresgewinn",
         "fache des jahresgewinns", "fachen des jahresgewinns", "fachen gewinn", "wievielfache des gewinns",
         "wievielfachen des gewinns", "wievielfache des jahresgewinns", "wievielfachen des jahresgewinns",
         "vielfache des gewinns", "vielfaches des gewinns", "vielfachen des gewinns", "wievielfache ihres gewinns",
         "wievielfache seines gewinns", "wievielfachen ihres gewinns", "wievielfachen seines gewinns",
         "gemessen am gewinn", "im verhältnis zum gewinn", "relativ zum gewinn", "gewinnvielfache"),
        ("multiple",),
    ),
    MetricWords(
        "price_sales", "ratio", "P/S", "KUV",
        ("p/s", "ps", "p/s ratio", "p/s multiple", "p / s", "price-sales", "price/sales", "price-to-sales",
         "price to sales", "price-to-sales ratio", "price to sales ratio", "price/sales ratio", "sales multiple",
         "revenue multiple", "times sales", "x sales", "× sales", "times revenue", "x revenue", "times its sales", "relative to sales",
         "relative to its sales", "compared with its sales", "compared to its sales", "for its sales",
         "dollar of sales", "dollar of revenue", "dollar in sales", "dollar in revenue"),
        ("kuv", "kurs-umsatz-verhältnis", "kurs-umsatz-verhältnisses", "kurs/umsatz-verhältnis", "umsatzmultiplikator",
         "fache des umsatzes", "fachen des umsatzes", "fachen umsatz", "wievielfache des umsatzes",
         "wievielfachen des umsatzes", "gemessen am umsatz", "im verhältnis zum umsatz"),
    ),
    MetricWords(
        "price_book", "ratio", "P/B", "KBV",
        ("p/b", "pb", "p/b ratio", "p/b multiple", "p / b", "price-book", "price/book", "price-to-book",
         "price to book", "price-to-book ratio", "price to book ratio", "price/book ratio", "book multiple",
         "times book", "x book", "× book", "times book value", "times its book value", "price to book value",
         "relative to its book value", "relative to book value", "relative to book",
         "price-to-book value"),
        ("kbv", "kurs-buchwert-verhältnis", "kurs-buchwert-verhältnisses", "kurs/buchwert-verhältnis",
         "fache des buchwerts", "fachen des buchwerts", "fache des buchwertes", "fachen buchwert",
         "wievielfache des buchwerts", "wievielfachen des buchwerts", "gemessen am buchwert"),
    ),
    MetricWords(
        "cap_to_ebitda", "ratio", "Market cap ÷ EBITDA", "Marktkapitalisierung ÷ EBITDA",
        ("market cap ÷ ebitda", "market cap / ebitda", "market cap/ebitda", "market cap to ebitda",
         "market-cap-to-ebitda", "market cap-to-ebitda", "cap to ebitda", "cap-to-ebitda", "cap/ebitda",
         "cap ÷ ebitda", "market capitalisation to ebitda", "market capitalization to ebitda",
         "ratio of market cap to ebitda", "ebitda multiple", "times ebitda", "x ebitda", "× ebitda",
         "market cap over ebitda", "market cap divided by ebitda", "market cap-to-ebitda ratio",
         "market cap to ebitda ratio", "years of ebitda", "times its ebitda", "times their ebitda"),
        ("marktkapitalisierung ÷ ebitda", "marktkapitalisierung / ebitda", "marktkapitalisierung/ebitda",
         "marktkapitalisierung zu ebitda", "marktkapitalisierung zum ebitda", "börsenwert zu ebitda",
         "börsenwert zum ebitda", "börsenwert/ebitda", "börsenwert ÷ ebitda", "ebitda-multiple",
         "ebitda-multiplikator", "fache des ebitda", "fachen des ebitda", "fache des ebitdas"),
    ),
    MetricWords(
        "earnings_per_share", "usd", "Earnings per share", "Gewinn je Aktie",
        ("earnings per share", "eps", "earnings a share", "profit per share", "earnings-per-share",
         "per-share earnings", "per share earnings", "net income per share", "loss per share", "a share in earnings",
         "profit a share", "loss a share", "earnings per share (median of 5 snapshots)"),
        ("gewinn je aktie", "gewinn pro aktie", "gewinns je aktie", "ergebnis je aktie", "ergebnis pro aktie",
         "gewinne je aktie", "verlust je aktie", "verlust pro aktie", "ergebnisses je aktie", "gewinns pro aktie"),
        ("earnings", "earns", "profit", "profits", "gewinn", "gewinne", "earned", "verdient", "earn"),
    ),
    MetricWords(
        "earnings_per_share_snapshot", "usd", "Earnings per share (this snapshot)", "Gewinn je Aktie (dieser Stand)",
        ("earnings per share (this snapshot)", "earnings per share of this snapshot", "snapshot eps",
         "eps of this snapshot", "this snapshot's earnings per share"),
        ("gewinn je aktie (dieser stand)", "gewinn je aktie dieses stands"),
    ),
    MetricWords(
        "earnings_change", "fraction", "Change in earnings per share", "Veränderung des Gewinns je Aktie",
        ("change in earnings per share", "change in eps", "eps change", "eps growth", "earnings growth",
         "change in earnings", "earnings change", "growth in earnings", "growth in earnings per share",
         "earnings-per-share growth", "earnings per share growth", "earnings per share change", "growth of earnings",
         "growth in eps", "profit growth", "earnings trend", "earnings momentum"),
        ("veränderung des gewinns je aktie", "gewinnwachstum", "gewinnveränderung", "gewinnänderung",
         "änderung des gewinns je aktie", "wachstum des gewinns je aktie", "gewinnentwicklung", "gewinnwachstums",
         "veränderung des gewinns", "gewinntrend"),
    ),
    MetricWords(
        "dividend_yield", "fraction", "Dividend yield", "Dividendenrendite",
        ("dividend yield", "dividend yields", "dividend-yield", "yield", "yields", "yielding", "yielded",
         "dividend return"),
        ("dividendenrendite", "dividendenrenditen", "dividenden-rendite", "ausschüttungsrendite"),
        ("dividend", "dividends", "dividende", "dividenden", "rentiert", "rentieren"),
    ),
    MetricWords(
        "payout", "fraction", "Payout", "Ausschüttungsquote",
        ("payout", "payout ratio", "pay-out", "pay-out ratio", "dividend payout", "dividend payout ratio",
         "pays out", "paid out", "distributes", "distributed", "of what it earns", "of what they earn", "paying out", "of its earnings", "of earnings", "of its profit", "of profits",
         "of their earnings", "of its profits", "payouts", "of every dollar earned", "of each dollar earned"),
        ("ausschüttungsquote", "ausschüttungsquoten", "payout-quote", "payoutquote", "ausschüttungsanteil",
         "des gewinns", "der gewinne", "seines gewinns", "ihres gewinns", "schüttet", "auszahlungsquote"),
    ),
    MetricWords(
        "ebitda", "usd", "EBITDA", "EBITDA",
        ("ebitda", "ebitda figure"),
        ("ebitda", "ebitdas"),
    ),
    MetricWords(
        "ebitda_margin", "fraction", "EBITDA margin", "EBITDA-Marge",
        ("ebitda margin", "ebitda margins", "ebitda-margin", "ebitda to sales", "ebitda as a share of sales",
         "ebitda as a share of revenue", "operating margin before depreciation"),
        ("ebitda-marge", "ebitda-margen", "ebitdamarge", "ebitda marge"),
        ("margin", "margins", "marge", "margen"),
    ),
    MetricWords(
        "return_on_equity", "fraction", "Return on equity", "Eigenkapitalrendite",
        ("return on equity", "roe", "returns on equity", "return-on-equity", "earn on its equity", "earns on its equity", "earn on equity", "equity return",
         "return on equity (p/b ÷ p/e)", "on its equity", "on their equity", "on shareholders' equity",
         "relative to book equity", "relative to its book equity", "on book equity", "relative to equity",
         "relative to its equity"),
        ("eigenkapitalrendite", "eigenkapitalrenditen", "rendite auf das eigenkapital", "eigenkapitalrentabilität",
         "rendite auf eigenkapital", "aufs eigenkapital", "auf das eigenkapital"),
    ),
    MetricWords(
        "return_20", "fraction", "20-session return", "Rendite über 20 Sitzungen",
        ("20-session return", "20 session return", "20-session returns", "20-day return", "20 day return",
         "twenty-session return", "return over 20 sessions", "return over the last 20 sessions", "momentum",
         "return in 20 sessions", "return over twenty sessions", "20-session performance", "20-session price change",
         "20-session gain", "20-session loss", "over 20 sessions", "over the last 20 sessions", "in 20 sessions",
         "the past 20 sessions", "the last 20 sessions", "20 sessions", "last 20 sessions", "20-session change", "over the past 20 sessions",
         "20-trading-day return", "20 trading days", "20-session momentum"),
        ("rendite über 20 sitzungen", "20-tage-rendite", "20-sitzungs-rendite", "rendite der letzten 20 sitzungen",
         "kursentwicklung über 20 sitzungen", "den letzten 20 sitzungen", "letzten 20 sitzungen", "in 20 sitzungen", "über 20 sitzungen", "letzten 20 sitzungen", "20 sitzungen", "20 handelstage",
         "20 handelstagen", "20-tage-performance", "20-tages-rendite", "der letzten 20 sitzungen",
         "20 börsentage", "20 börsentagen", "20-tage-kursentwicklung"),
    ),
    MetricWords(
        "week52_low", "usd", "52-week low", "52-Wochen-Tief",
        ("52-week low", "low of the last 52 weeks", "low within 52 weeks", "52 week low", "52-week lows", "year low", "yearly low", "one-year low", "12-month low",
         "52w low", "52-wk low", "low of the 52-week range", "low of the year", "annual low", "52-week-low",
         "52-week bottom"),
        ("52-wochen-tief", "52-wochen-tiefs", "jahrestief", "52 wochen tief", "jahrestiefs", "52-wochentief",
         "tief der letzten 52 wochen", "52-wochen-tiefstand", "jahrestiefstand"),
        ("low", "tief", "tiefs", "bottom"),
    ),
    MetricWords(
        "week52_high", "usd", "52-week high", "52-Wochen-Hoch",
        ("52-week high", "high of the last 52 weeks", "52 week high", "52-week highs", "year high", "yearly high", "one-year high",
         "12-month high", "52w high", "52-wk high", "high of the 52-week range", "high of the year", "annual high",
         "52-week-high", "52-week peak", "52-week top"),
        ("52-wochen-hoch", "52-wochen-hochs", "jahreshoch", "52 wochen hoch", "jahreshochs", "52-wochenhoch",
         "hoch der letzten 52 wochen", "52-wochen-höchststand", "jahreshöchststand"),
        ("high", "hoch", "hochs", "peak"),
    ),
    MetricWords(
        "week52_place", "fraction", "Place in the 52-week range", "Platz in der 52-Wochen-Spanne",
        ("place in the 52-week range", "52-week range", "52 week range", "position in the 52-week range",
         "place in its 52-week range", "place in the range", "position in its 52-week range", "yearly range",
         "position in the range", "range position", "of the way", "place in the yearly range", "52-week place",
         "52-week position", "of its 52-week range", "of the 52-week range", "52w range", "annual range",
         "of the range"),
        ("platz in der 52-wochen-spanne", "52-wochen-spanne", "position in der 52-wochen-spanne", "jahresspanne",
         "lage in der 52-wochen-spanne", "platz in der spanne", "position in der spanne", "52-wochen-range",
         "des weges", "handelsspanne", "der spanne", "52-wochen-bandbreite"),
        ("range", "spanne"),
    ),
    MetricWords(
        "market_cap", "usd", "Market cap", "Marktkapitalisierung",
        ("market cap", "market caps", "market-cap", "market capitalisation", "market capitalization",
         "capitalisation", "capitalization", "market value", "stock market value", "company size",
         "mcap", "equity value", "market capitalisations", "worth on the stock market", "worth on the market",
         "worth on the stock exchange", "worth on the exchange", "valued on the stock market", "stock market worth",
         "worth as a company", "worth in total", "whole company worth", "company worth", "market worth"),
        ("marktkapitalisierung", "marktkapitalisierungen", "börsenwert", "börsenwerts", "börsenwertes", "an der börse wert", "wie groß ist", "marktwert",
          "börsenkapitalisierung", "marktwerts", "wert an der börse", "an der börse bewertet"),
         ("size", "cap", "valued at", "worth", "größe", "an der börse"),
    ),
    MetricWords(
        "score", "points", "Score", "Punktzahl",
        ("score", "scores", "total score", "overall score", "points total", "scored", "total points", "scoring"),
        ("punktzahl", "gesamtpunktzahl", "punktestand", "gesamtscore", "punktwert", "punktzahlen", "scores",
         "bewertungspunkte", "wertung", "gesamtwertung"),
        ("total", "gesamt"),
    ),
    MetricWords(
        "rating", "text", "Rating", "Einstufung",
        ("rating", "ratings", "rated", "rate", "recommendation", "verdict"),
        ("einstufung", "einstufungen", "eingestuft", "bewertung", "urteil", "votum", "empfehlung", "bewertet"),
    ),
)  # fmt: skip

METRIC_WORDS: dict[str, MetricWords] = {row.key: row for row in _ROWS}
"""Every metric of the sample's rule, with score and rating, by key."""


def synonyms(words: MetricWords, *, loose: bool = False) -> list[str]:
    """All that a metric is called, its labels too, in lower case, longest first, each once."""
    names = {
        words.label.lower(),
        words.label_de.lower(),
        *words.en,
        *words.de,
        *(words.loose if loose else ()),
    }
    return sorted(names, key=lambda name: (-len(name), name))
