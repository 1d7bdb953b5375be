"""Questions made by rule from the sample's own figures, with what a right answer must hold. Nothing is typed in.

`Case.must` is a list of groups: of each group one string must stand in the answer. `must_not` may not.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from shared.figure_words import figure, number, signed
from shared.metric_words import METRIC_WORDS
from shared.points_rule import turning_points
from tests.deploy.offline_model import fake_tools
from tests.deploy.offline_model.asking import Past
from tests.deploy.offline_model.market import market, metric_of

PLAIN = ("price", "price_earnings", "price_sales", "price_book", "dividend_yield", "market_cap", "ebitda_margin",
         "return_on_equity", "earnings_per_share", "payout", "return_20", "earnings_change", "cap_to_ebitda")  # fmt: skip
RATINGS_DE = {"buy": "Kaufen", "hold": "Halten", "sell": "Verkaufen"}


class Case(NamedTuple):
    """One question, how it is asked, and how its answer is judged."""

    kind: str
    question: str
    page: str | None
    must: list[tuple[str, ...]]
    must_not: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()


class Maker:
    """Makes cases of one company, seeded. `say` are the phrasings by kind."""

    def __init__(self, seed: int, say: dict[str, list[str]]) -> None:
        self.random = random.Random(seed)
        self.say = say

    def cases(self, companies: int, per_kind: int = 1) -> Iterator[Case]:
        for ticker in self.random.sample(market().rated, companies):
            for kind, make in KINDS.items():
                phrasings = self.say.get(kind, [])
                for phrase in self.random.sample(phrasings, min(per_kind, len(phrasings))):
                    case = make(self, ticker, phrase)
                    if case is not None:
                        yield case._replace(kind=kind)

    def other(self, *tickers: str) -> str:
        return self.random.choice([each for each in market().rated if each not in tickers])

    def metric(self, ticker: str, *, among: tuple[str, ...] = PLAIN) -> str:
        """A metric that the company has."""
        return self.random.choice([key for key in among if market().metric(ticker, key).value is not None])

    def word(self, key: str, phrase: str) -> str:
        """A word for the metric, in the language of the phrase."""
        words = METRIC_WORDS[key]
        if is_german(phrase):
            return words.label_de
        return self.random.choice([words.label, *words.en[:2]])


def is_german(phrase: str) -> bool:
    return phrase.startswith("de:")


def short(ticker: str) -> str:
    """A name as people say it."""
    name = market().companies[ticker].name.removesuffix(" (The)")
    return name.partition(" (")[0]


def fill(phrase: str, **slots: str) -> str:
    return phrase.removeprefix("de:").strip().format_map(slots)


def shown(ticker: str, key: str) -> str:
    metric = market().metric(ticker, key)
    return figure(metric.value, metric.unit)


def who(ticker: str) -> tuple[str, ...]:
    return (ticker,) if market().companies[ticker].name == ticker else (f"({ticker})",)


def rating(ticker: str) -> tuple[str, ...]:
    word = market().latest(ticker).rating
    return word, RATINGS_DE[word]


def score(ticker: str) -> tuple[str, ...]:
    return (number(market().latest(ticker).score, 1),)


NEWEST = ("22 Aug 2026", "22. August 2026", "22 Aug")


def figure_page(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(ticker)
    return Case(
        "",
        fill(phrase, m=m.word(key, phrase), c=short(ticker)),
        ticker,
        [who(ticker), (shown(ticker, key),), NEWEST],
    )


def figure_named(m: Maker, ticker: str, phrase: str) -> Case:
    page, key = m.other(ticker), m.metric(ticker)
    question = fill(phrase, m=m.word(key, phrase), c=short(ticker))
    return Case("", question, page, [who(ticker), (shown(ticker, key),)], (f"({page})",), (ticker,))


def figure_no_page(m: Maker, ticker: str, phrase: str) -> Case:
    return figure_named(m, ticker, phrase)._replace(page=None, must_not=())


def talked_about(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(ticker)
    past = (Past(f"Tell me about {short(ticker)}", f"{short(ticker)} ({ticker}) is rated."),)
    question = fill(phrase, m=m.word(key, phrase))
    return Case("", question, None, [who(ticker), (shown(ticker, key),)], (), (), (ticker,), (), past)


def missing(m: Maker, ticker: str, phrase: str) -> Case | None:
    gone = [each for each in market().latest(ticker).metrics if each.value is None and each.note]
    if not gone:
        return None
    metric = m.random.choice(gone)
    note = (metric.note or "")[:25]
    return Case("", fill(phrase, m=m.word(metric.key, phrase)), ticker, [who(ticker), (note,)])


def not_counted(m: Maker, ticker: str, phrase: str) -> Case | None:
    gone = [item for item in market().latest(ticker).rationale if not item.counted]
    if not gone:
        return None
    item = m.random.choice(gone)
    why = item.sentence.partition(": ")[2][:25]
    return Case("", fill(phrase, m=m.word(item.key, phrase)), ticker, [who(ticker), (why,)])


def rated(m: Maker, ticker: str, phrase: str) -> Case:
    return Case(
        "", fill(phrase, c=short(ticker)), ticker, [who(ticker), rating(ticker), score(ticker), NEWEST]
    )


def why(m: Maker, ticker: str, phrase: str) -> Case:
    analysis = market().latest(ticker)
    top = max(analysis.rationale, key=lambda item: abs(item.points))
    word = RATINGS_DE[analysis.rating] if is_german(phrase) else analysis.rating
    question = fill(phrase, r=word, c=short(ticker))
    return Case("", question, ticker, [who(ticker), score(ticker), (signed(top.points),), rating(ticker)])


def one_side(m: Maker, ticker: str, phrase: str, sign: int) -> Case | None:
    items = [item for item in market().latest(ticker).rationale if item.points * sign > 0]
    if not items:
        return None
    top = max(items, key=lambda item: abs(item.points))
    word = rating(ticker)[is_german(phrase)]
    return Case("", fill(phrase, c=short(ticker), r=word), ticker, [who(ticker), (signed(top.points),)])


def effect(m: Maker, ticker: str, phrase: str) -> Case | None:
    items = [item for item in market().latest(ticker).rationale if item.points and item.without]
    item = m.random.choice(items)
    without = number(item.without.score, 1) if item.without else ""
    label = METRIC_WORDS[item.key].label_de if is_german(phrase) else item.label
    question = fill(phrase, m=label, c=short(ticker), r=rating(ticker)[is_german(phrase)])
    ends = (signed(item.low, 0),)
    return Case(
        "", question, ticker, [who(ticker), (number(abs(item.points), 1),), ends, (without,), score(ticker)]
    )


def without(m: Maker, ticker: str, phrase: str) -> Case | None:
    case = effect(m, ticker, phrase)
    return case and case._replace(must=[case.must[0], case.must[3], case.must[4]])


def distance(m: Maker, ticker: str, phrase: str) -> Case:
    analysis = market().latest(ticker)
    target, line = m.random.choice(turning_points(analysis.rating))
    word = RATINGS_DE[target] if is_german(phrase) else target
    gap = number(abs(line - analysis.score), 1)
    return Case(
        "",
        fill(phrase, r=word, c=short(ticker)),
        ticker,
        [who(ticker), (gap,), (number(line, 1),), score(ticker)],
    )


def single(m: Maker, ticker: str, phrase: str) -> Case:
    analysis = market().latest(ticker)
    target, line = m.random.choice(turning_points(analysis.rating))
    needed = line - analysis.score
    able = [i for i in analysis.rationale if i.counted and i.low <= round(i.points + needed, 1) <= i.high]
    english = [METRIC_WORDS[i.key].label.removesuffix(" (P/B ÷ P/E)") for i in able]
    names = tuple(
        {
            *english,
            *(each[:1].lower() + each[1:] for each in english),
            *(METRIC_WORDS[i.key].label_de for i in able),
        }
    )
    word = RATINGS_DE[target] if is_german(phrase) else target
    return Case(
        "",
        fill(phrase, r=word, c=short(ticker)),
        ticker,
        [who(ticker), names or ("No single", "Kein einz"), score(ticker)],
    )


def changed(m: Maker, ticker: str, phrase: str) -> Case | None:
    found = market().analyses[ticker]
    if len(found) < 3 or found[-2].as_of != dt.date(2026, 8, 15):
        return None
    old = found[-2]
    return Case(
        "", fill(phrase, c=short(ticker)), ticker, [who(ticker), score(ticker), (number(old.score, 1),)]
    )


def changed_since(m: Maker, ticker: str, phrase: str) -> Case | None:
    found = market().analyses[ticker]
    if len(found) < 6:
        return None
    old = found[-m.random.randint(3, 5)]
    day = (
        f"{old.as_of.day}. {'Juli' if old.as_of.month == 7 else 'August'}"
        if is_german(phrase)
        else f"{old.as_of.day} {old.as_of:%b}"
    )
    return Case(
        "",
        fill(phrase, d=day, c=short(ticker)),
        ticker,
        [who(ticker), score(ticker), (number(old.score, 1),)],
    )


def price_at(m: Maker, ticker: str, phrase: str) -> Case:
    day, price = m.random.choice(market().prices[ticker][-40:-3])
    word = (
        f"{day.day}. {'Juni' if day.month == 6 else 'Juli' if day.month == 7 else 'August'}"
        if is_german(phrase)
        else m.random.choice([f"{day.day} {day:%B}", f"{day:%b} {day.day}", str(day)])
    )
    return Case("", fill(phrase, d=word, c=short(ticker)), ticker, [who(ticker), (figure(price, "usd"),)])


def metric_at(m: Maker, ticker: str, phrase: str) -> Case | None:
    analysis = m.random.choice(market().analyses[ticker][-6:-1])
    keys = [
        key
        for key in ("price_earnings", "dividend_yield", "price_book", "market_cap")
        if metric_of(analysis, key).value
    ]
    if not keys or analysis.as_of.month not in (7, 8):
        return None
    key = m.random.choice(keys)
    metric = metric_of(analysis, key)
    day = (
        f"{analysis.as_of.day}. {'Juli' if analysis.as_of.month == 7 else 'August'}"
        if is_german(phrase)
        else f"{analysis.as_of.day} {analysis.as_of:%b}"
    )
    question = fill(phrase, m=m.word(key, phrase), d=day, c=short(ticker))
    return Case("", question, ticker, [who(ticker), (figure(metric.value, metric.unit),)])


def since(m: Maker, ticker: str, phrase: str) -> Case | None:
    month, german = m.random.choice([("June", "Juni"), ("July", "Juli"), ("August", "August")])
    start = {"June": "2026-06-01", "July": "2026-07-01", "August": "2026-08-01"}[month]
    lines = dict(
        line.split(": ", 1)
        for line in fake_tools.run("history", {"ticker": ticker, "metric": "price", "from": start}).split(
            "\n"
        )
        if ": " in line
    )
    first, last = (lines[name].partition(" | ")[2] for name in ("FIRST", "LAST"))
    direction = ("fell", "gefallen") if lines["CHANGE"].startswith("−") else ("rose", "gestiegen")
    if first == last:
        return None
    question = fill(phrase, d=german if is_german(phrase) else month, c=short(ticker))
    return Case(
        "", question, ticker, [who(ticker), (first,), (last,), direction, (lines["CHANGE"].lstrip("−+"),)]
    )


def extreme(m: Maker, ticker: str, phrase: str) -> Case:
    lines = dict(
        line.split(": ", 1)
        for line in fake_tools.run(
            "history", {"ticker": ticker, "metric": "price", "from": "2026-06-01"}
        ).split("\n")
        if ": " in line
    )
    low = any(word in phrase.lower() for word in ("low", "tief", "niedrig", "min"))
    return Case(
        "",
        fill(phrase, c=short(ticker)),
        ticker,
        [who(ticker), (lines["LOW" if low else "HIGH"].partition(" | ")[2],)],
    )


def compare_by(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(
        ticker, among=("price_earnings", "dividend_yield", "market_cap", "price_book", "price_sales")
    )
    other = m.random.choice(
        [each for each in market().rated if each != ticker and market().metric(each, key).value is not None]
    )
    question = fill(phrase, m=m.word(key, phrase), c=short(ticker), o=short(other))
    must = [who(ticker), who(other), (shown(ticker, key),), (shown(other, key),)]
    return Case("", question, m.other(), must, (), (ticker, other))


def compare_all(m: Maker, ticker: str, phrase: str) -> Case:
    other = m.other(ticker)
    question = fill(phrase, c=short(ticker), o=short(other))
    return Case(
        "", question, None, [who(ticker), who(other), score(ticker), score(other)], (), (ticker, other)
    )


def cheaper(m: Maker, ticker: str, phrase: str) -> Case | None:
    other = m.other(ticker)
    if any(market().metric(each, "price_earnings").value is None for each in (ticker, other)):
        return None
    must = [who(ticker), who(other), (shown(ticker, "price_earnings"),), (shown(other, "price_earnings"),)]
    return Case("", fill(phrase, c=short(ticker), o=short(other)), m.other(), must, (), (ticker, other))


def screen(m: Maker, ticker: str, phrase: str) -> Case:
    key, op, value, word = m.random.choice(
        [
            ("dividend_yield", ">", 0.03, "3 %"),
            ("dividend_yield", ">", 0.045, "4.5 %"),
            ("price_earnings", "<", 12.0, "12"),
            ("price_book", "<", 1.5, "1.5"),
        ]
    )
    more, less = ("mehr als", "weniger als") if is_german(phrase) else ("more than", "less than")
    if is_german(phrase):
        word = word.replace(".", ",")
    question = fill(phrase, m=m.word(key, phrase), op=more if op == ">" else less, v=word)
    result = fake_tools.run(
        "screen",
        {"filters": [{"metric": key, "op": op, "value": value}], "sort": f"-{key}" if op == ">" else key},
    )
    matched = next(line for line in result.split("\n") if line.startswith("MATCHED: ")).removeprefix(
        "MATCHED: "
    )
    first = result.split("COMPANIES\n")[1].split("\n")[1].split(" | ")[0]
    return Case("", question, m.random.choice([None, ticker]), [(matched,), who(first)])


def screen_sector(m: Maker, ticker: str, phrase: str) -> Case:
    sector, word, german = m.random.choice(
        [
            ("Consumer Staples", "staples", "Basiskonsumgüter"),
            ("Information Technology", "tech", "Technologie"),
            ("Utilities", "utility", "Versorger"),
            ("Energy", "energy", "Energie"),
        ]
    )
    wanted = m.random.choice(["buy", "sell", "hold"])
    result = fake_tools.run(
        "screen", {"sector": sector, "rating": wanted, "sort": "score" if wanted == "sell" else "-score"}
    )
    matched = next(line for line in result.split("\n") if line.startswith("MATCHED: ")).removeprefix(
        "MATCHED: "
    )
    rows = result.split("COMPANIES\n")[1].split("\n")[1:]
    question = fill(
        phrase, s=german if is_german(phrase) else word, r=RATINGS_DE[wanted] if is_german(phrase) else wanted
    )
    first = who(rows[0].split(" | ")[0]) if rows else ("No company", "Kein Unternehmen")
    return Case("", question, None, [(matched,) if rows else first, first])


def top(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.random.choice(["dividend_yield", "market_cap", "return_20", "ebitda_margin"])
    result = fake_tools.run("screen", {"sort": f"-{key}"})
    rows = [row.split(" | ")[0] for row in result.split("COMPANIES\n")[1].split("\n")[1:4]]
    return Case(
        "", fill(phrase, m=m.word(key, phrase)), m.random.choice([None, ticker]), [who(each) for each in rows]
    )


def count(m: Maker, ticker: str, phrase: str) -> Case:
    wanted = m.random.choice(["buy", "sell", "hold"])
    result = fake_tools.run("screen", {"rating": wanted})
    matched = next(line for line in result.split("\n") if line.startswith("MATCHED: ")).removeprefix(
        "MATCHED: "
    )
    return Case("", fill(phrase, r=RATINGS_DE[wanted] if is_german(phrase) else wanted), None, [(matched,)])


def became(m: Maker, ticker: str, phrase: str) -> Case:
    wanted = m.random.choice(["buy", "sell", "hold"])
    rows = (
        fake_tools.run("what_changed", {"from": "2026-08-15"})
        .split("RATINGS CHANGED\n")[1]
        .split("\n\n")[0]
        .split("\n")[1:]
    )
    found = [row.split(" | ")[0] for row in rows if row.split(" | ")[3] == wanted]
    return Case(
        "",
        fill(phrase, r=RATINGS_DE[wanted] if is_german(phrase) else wanted),
        m.random.choice([None, ticker]),
        [who(each) for each in found[:3]],
    )


def peers(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(ticker, among=("price_earnings", "dividend_yield", "market_cap", "price_book"))
    result = fake_tools.run("peers", {"ticker": ticker, "metric": key})
    rank = next(line for line in result.split("\n") if line.startswith("RANK: ")).removeprefix("RANK: ")
    return Case(
        "",
        fill(phrase, m=m.word(key, phrase), c=short(ticker)),
        ticker,
        [who(ticker), (rank, rank.replace(" of ", " von ")), (shown(ticker, key),)],
    )


def covered(m: Maker, ticker: str, phrase: str) -> Case:
    payout = market().metric(ticker, "payout")
    expected = (
        (figure(payout.value, "fraction"),) if payout.value is not None else ((payout.note or "")[:20],)
    )
    return Case("", fill(phrase, c=short(ticker)), ticker, [who(ticker), expected])


def not_rated(m: Maker, ticker: str, phrase: str) -> Case:
    name = m.random.choice(sorted(market().not_rated))
    return Case(
        "",
        fill(phrase, c=short(name)),
        m.random.choice([None, name, ticker]),
        [who(name), (market().not_rated[name],)],
        (),
        (name,),
    )


def define(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.random.choice(["price_earnings", "price_sales", "ebitda", "dividend_yield", "market_cap"])
    words = METRIC_WORDS[key]
    must: list[tuple[str, ...]] = [(words.label, words.label_de, words.label.lower(), key)]
    return Case(
        "",
        fill(phrase, m=words.label_de if is_german(phrase) else words.label),
        m.random.choice([None, ticker]),
        must,
        ("I understood",),
    )


def plain(*must: tuple[str, ...], page: bool = True) -> Callable[[Maker, str, str], Case]:
    def make(m: Maker, ticker: str, phrase: str) -> Case:
        return Case("", fill(phrase, c=short(ticker)), ticker if page else None, list(must))

    return make


def sector(m: Maker, ticker: str, phrase: str) -> Case:
    return Case(
        "", fill(phrase, c=short(ticker)), ticker, [who(ticker), (market().companies[ticker].sector,)]
    )


def who_peers(m: Maker, ticker: str, phrase: str) -> Case | None:
    if market().metric(ticker, "market_cap").value is None:
        return None
    return Case(
        "", fill(phrase, c=short(ticker)), ticker, [who(ticker), (market().companies[ticker].industry_group,)]
    )


def declined(*must: str) -> Callable[[Maker, str, str], Case]:
    def make(m: Maker, ticker: str, phrase: str) -> Case:
        return Case("", fill(phrase, c=short(ticker)), ticker, [must], ())

    return make


def premise(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(ticker, among=("dividend_yield", "price_earnings", "ebitda_margin", "price_book"))
    metric = market().metric(ticker, key)
    wrong = (metric.value or 0.0) * 3 + 7
    wrong_word = f"{(metric.value or 0) * 300 + 7:.0f} %" if metric.unit == "fraction" else f"{wrong:.1f}"
    if is_german(phrase):
        wrong_word = wrong_word.replace(".", ",")
    question = fill(phrase, m=m.word(key, phrase), v=wrong_word, c=short(ticker))
    return Case("", question, ticker, [who(ticker), (shown(ticker, key),), ("No", "Nein", " not ", "nicht")])


def wrong_rating(m: Maker, ticker: str, phrase: str) -> Case:
    own = market().latest(ticker).rating
    wrong = m.random.choice([each for each in ("buy", "hold", "sell") if each != own])
    word = RATINGS_DE[wrong] if is_german(phrase) else wrong
    return Case(
        "",
        fill(phrase, r=word, c=short(ticker)),
        ticker,
        [who(ticker), rating(ticker), score(ticker), (" not ", "nicht", "No", "Nein")],
    )


def stranger(m: Maker, ticker: str, phrase: str) -> Case:
    name = m.random.choice(["Samsung", "Siemens", "Toyota", "Nestlé", "SpaceX"])
    return Case(
        "",
        fill(phrase, n=name),
        m.random.choice([None, ticker]),
        [(name,), ("not in the data", "nicht in den Daten")],
        (f"({ticker})",),
        (),
        (),
        (name,),
    )


def then_metric(m: Maker, ticker: str, phrase: str) -> Case:
    first, key = m.metric(ticker), m.metric(ticker)
    past = (
        Past(
            f"What is {short(ticker)}'s {METRIC_WORDS[first].label}?",
            f"The {METRIC_WORDS[first].label} of {short(ticker)} ({ticker}) is {shown(ticker, first)}.",
        ),
    )
    return Case(
        "",
        fill(phrase, m=m.word(key, phrase)),
        m.random.choice([None, m.other(ticker)]),
        [who(ticker), (shown(ticker, key),)],
        (),
        (),
        (ticker,),
        (),
        past,
    )


def then_company(m: Maker, ticker: str, phrase: str) -> Case:
    key = m.metric(ticker)
    page = m.other(ticker)
    past = (
        Past(
            f"What is the {METRIC_WORDS[key].label}?",
            f"The {METRIC_WORDS[key].label} of {short(page)} ({page}) is {shown(page, key)}.",
        ),
    )
    return Case(
        "",
        fill(phrase, c=short(ticker)),
        page,
        [who(ticker), (shown(ticker, key),)],
        (f"({page})",),
        (ticker,),
        (page,),
        (),
        past,
    )


def then_why(m: Maker, ticker: str, phrase: str) -> Case:
    analysis = market().latest(ticker)
    top = max(analysis.rationale, key=lambda item: abs(item.points))
    past = (Past("What is the rating?", f"{short(ticker)} ({ticker}) is rated {analysis.rating}."),)
    return Case("", fill(phrase), ticker, [who(ticker), (signed(top.points),)], (), (), (ticker,), (), past)


def then_earlier(m: Maker, ticker: str, phrase: str) -> Case | None:
    found = {each.as_of: each for each in market().analyses[ticker]}
    day = dt.date(2026, 8, 15)
    before = max((each for each in found if each <= day - dt.timedelta(days=30)), default=None)
    if before is None or not metric_of(found[before], "price_earnings").value:
        return None
    past = (Past("What was the P/E on 15 Aug?", f"{short(ticker)} ({ticker}), 15 Aug 2026: P/E 20.00."),)
    return Case(
        "",
        fill(phrase),
        ticker,
        [who(ticker), (figure(metric_of(found[before], "price_earnings").value, "ratio"),)],
        (),
        (),
        (ticker,),
        (),
        past,
    )


def of_the_two(m: Maker, ticker: str, phrase: str) -> Case | None:
    case = cheaper(m, ticker, phrase)
    if case is None:
        return None
    first, other = case.named
    past = (
        Past(f"What is the score of {short(first)}?", f"{short(first)} ({first}) has a score."),
        Past(f"And {short(other)}?", f"{short(other)} ({other}) has a score."),
    )
    return case._replace(page=None, named=(), talked=(other, first), past=past)


def own_topic(m: Maker, ticker: str, phrase: str) -> Case:
    past = (
        Past("What is the P/B?", f"The P/B of {short(ticker)} ({ticker}) is {shown(ticker, 'price_book')}."),
    )
    return why(m, ticker, phrase)._replace(past=past, talked=(ticker,))


KINDS: dict[str, Callable[[Maker, str, str], Case | None]] = {
    "figure, page": figure_page,
    "figure, named on another page": figure_named,
    "figure, no page": figure_no_page,
    "figure, last talked about": talked_about,
    "missing figure": missing,
    "item not counted": not_counted,
    "rated": rated,
    "why": why,
    "reasons for": lambda m, ticker, phrase: one_side(m, ticker, phrase, 1),
    "reasons against": lambda m, ticker, phrase: one_side(m, ticker, phrase, -1),
    "effect": effect,
    "without": without,
    "distance": distance,
    "single change": single,
    "changed": changed,
    "changed since": changed_since,
    "price on a date": price_at,
    "metric on a date": metric_at,
    "since": since,
    "extreme": extreme,
    "compare by": compare_by,
    "compare": compare_all,
    "cheaper": cheaper,
    "screen": screen,
    "screen a sector": screen_sector,
    "top": top,
    "count": count,
    "became": became,
    "peers": peers,
    "covered": covered,
    "not rated": not_rated,
    "define": define,
    "rule": plain(("score", "Punktzahl"), ("points", "Punkte")),
    "age": plain(NEWEST),
    "sector": sector,
    "who are the peers": who_peers,
    "help": plain(("figure", "Kennzahl"), ("compar", "Vergleich", "side by side")),
    "greeting": plain(("Hello", "Hallo")),
    "thanks": plain(("welcome", "Gern")),
    "forecast": declined("does not say what will", "Was kommen wird"),
    "advice": declined("I cannot tell you", "Einen Rat"),
    "outside": declined("does not say anything about", "sagt die Analyse nichts"),
    "wrong figure": premise,
    "wrong rating": wrong_rating,
    "instructions": declined("I can only talk about", "Ich kann nur über"),
    "not in the data": stranger,
    "then another metric": then_metric,
    "then another company": then_company,
    "then why": then_why,
    "then a month earlier": then_earlier,
    "then of the two": of_the_two,
    "then a topic of its own": own_topic,
}
