"""Directions, ratings, refusals: the words that a verdict hangs on, in English and German."""

import re

from tests.eval.reading.numbers import MONTH

UP = re.compile(
    r"\b(?:rose|risen|rises?|rising|up|gain(?:ed|s)?|higher|climb(?:ed|s)?|increas(?:ed|e|es)|grew|grown|advanced|improved|jumped|added"
    r"|stieg(?:en)?|gestiegen|höher|zugelegt|gewonnen|gewachsen|legte|kletterte|erhöht(?:e)?|verbessert(?:e)?|plus)\b", re.IGNORECASE
)  # fmt: skip
DOWN = re.compile(
    r"\b(?:fell|fallen|falls?|down|lost|loses?|lower|dropp?(?:ed|s)?|decreas(?:ed|e|es)|declined?|shrank|slipped|slid|worsened|dipped"
    r"|fiel(?:en)?|gefallen|niedriger|tiefer|verloren|gesunken|sank(?:en)?|verringert(?:e)?|nachgegeben|minus|gab)\b", re.IGNORECASE
)  # fmt: skip
SAME = re.compile(
    r"\b(?:unchanged|still|same|did not (?:change|move)|stayed|flat|unverändert|gleich|weiterhin|blieb)\b",
    re.IGNORECASE,
)

RATINGS = {
    "buy": re.compile(r"\b(?:buy|kauf(?:en)?)\b", re.IGNORECASE),
    "hold": re.compile(r"\b(?:hold|halten?)\b", re.IGNORECASE),
    "sell": re.compile(r"\b(?:sell|verkauf(?:en)?)\b", re.IGNORECASE),
}

DECLINES = re.compile(
    r"(?:does|do|did|can|could|will|would)(?: not|n['’]t) (?:say|hold|contain|cover|include|give|know|tell|predict|forecast|have|report|mention|list|show|speak|promise|recommend|advise|judge)"
    r"|\bcan(?:no|['’])t\b|\bunable\b|\bnot? (?:in|part of|among|covered by|covered in|available|something|within) ?(?:the|my|this|these|what)?"
    r"|\bnothing (?:about|on|in|of)\b|\bno (?:news|forecast|forecasts|prediction|information|data|analysis|advice|figures?|statement|view|target|word)\b|\bnobody knows\b|\bonly (?:talk|speak|answer|help|holds|covers|from)\b"
    r"|\bneither\b|\bhas no\b|\bthere (?:is|are) no\b|\bis untested\b|\boutside (?:the|my|of)\b|\bunknown\b|\bnot (?:listed|covered|rated|known)\b"
    r"|\b(?:sagt|sagen)\b[^.]{0,40}\b(?:nichts|nicht)\b|\bnicht in (?:den|der|diesen)\b|\benth(?:ält|alten) (?:dazu |darüber |das )?(?:keine?n?|nichts|nicht)\b|\bsteht (?:dazu |darüber )?nicht"
    r"|\bkeine? (?:Nachrichten|Prognosen?|Vorhersagen?|Daten|Angaben?|Analyse|Empfehlung|Auskunft|Aussage|Kursziele?|Informationen)\b|\bkann ich (?:nicht|keine)|\bkann (?:das |dazu |darüber )?(?:nicht|nichts|keine)|\bweiß (?:niemand|ich nicht|nicht)|\bnichts (?:über|zu|dazu|darüber)\b|\bgibt es (?:hier |dazu )?(?:keine?n?|nicht)|\bnur (?:über|aus|von)\b",
    re.IGNORECASE,
)  # fmt: skip
AGREES = re.compile(r"^\W*(?:yes|yep|yeah|right|correct|indeed|exactly|confirmed|true|that is (?:right|correct|true)|that's (?:right|correct|true)|sure|of course|ja|genau|stimmt|richtig|korrekt)\b", re.IGNORECASE)  # fmt: skip
DENIES = re.compile(
    r"\b(?:no|not|n['’]t|isn['’]t|wrong|incorrect|untrue|false|rather|actually|but|nein|nicht|kein\w*|falsch|sondern|tatsächlich|vielmehr)\b", re.IGNORECASE
)  # fmt: skip

SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bInc\.)(?<!\bCorp\.)(?<!\bCo\.)(?<!\bMrd\.)(?<!\bMio\.)(?:\*\*)?\s+"
    rf"(?=[\"“„*(]?[A-ZÄÖÜ0-9$])(?!{MONTH}\s)|\n+"
)
LOWER = re.compile(r"\b(?:cheaper|cheapest|lower|lowest|less|smaller|smallest|least|below|günstiger|günstigste|billiger|niedriger|niedrigste|kleiner|tiefer|geringer)\w*", re.IGNORECASE)  # fmt: skip
HIGHER = re.compile(
    r"\b(?:(?:more|most) expensive|dearer|higher|highest|more|bigger|biggest|larger|largest|above|greater|better|best|teurer|teuerste|höher|höchste|größer|größte|mehr|besser)\w*", re.IGNORECASE
)  # fmt: skip


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences and lines of a text."""
    found, start = [], 0
    for match in SENTENCE.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(begin, end) for begin, end in found if text[begin:end].strip()]


NEGATED = re.compile(r"(?:\bnot|n['’]t|\bnicht|\bneither|\bweder)\s+\w+", re.IGNORECASE)


def direction(text: str) -> int:
    """+1, −1 or 0: where the first word of direction points."""
    text = NEGATED.sub("", text)
    up, down = UP.search(text), DOWN.search(text)
    if up and (not down or up.start() < down.start()):
        return 1
    return -1 if down else 0


def ratings(text: str) -> list[str]:
    """The ratings a text names, in order of appearance."""
    found = [(match.start(), name) for name, words in RATINGS.items() for match in words.finditer(text)]
    return [name for _, name in sorted(found)]
