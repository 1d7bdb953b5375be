"""Why a rating is what it is, what an item does to it, what would be without one, how far it is from another."""

import random

from shared.analysis import RationaleItem
from shared.points_rule import rate, turning_points
from tests.eval.asked import Asked, kind
from tests.eval.expect import AnyOf, Denies, Expectation, Figure, Names, Rated, Says
from tests.eval.kinds.wording import ITEMS, figure, one, page_of, pick, two
from tests.eval.market import Market
from tests.eval.names import possessive

ADDS = r"\b(?:adds?|added|gives?|gains?|brings?|contribut\w+|plus|in favou?r|helps?|lifts?|raises?|positive|\+\s?\d|bringt|erhöht|hebt)\b|\+\d"
TAKES = r"\b(?:takes?|took|costs?|loses?|subtracts?|minus|against|hurts?|weighs?|lowers?|negative|kostet|senkt|drückt|zieht)\b|[−–-]\d"


def counted(m: Market, ticker: str) -> list[RationaleItem]:
    return [item for item in m.analysis(ticker).rationale if item.counted]


def points(item: RationaleItem) -> Figure:
    return Figure((item.points,), "points", f"points of {item.label}")


def effect(item: RationaleItem) -> tuple[Expectation, ...]:
    """Points and the direction of an item."""
    if not item.points:
        return (
            AnyOf(
                (
                    points(item),
                    Says(r"\b(?:no points|nothing|neither|zero|keine Punkte|0)\b", "that it adds nothing"),
                )
            ),
        )
    return points(item), Says(ADDS if item.points > 0 else TAKES, "which way it counts")


@kind("why this rating")
def why(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    analysis = m.analysis(ticker)
    named = r.random() < 0.6
    subject = m.say(ticker, r) if named else "it"
    text = pick(
        r, "Why is {n} a {r}?", "Why is {n} rated {r}?", "What speaks for this rating of {n}?", "What are the reasons for the rating of {n}?",
        "What drives the score of {n}?", "Explain the {r} rating for {n}.",
    )  # fmt: skip
    text = text.replace("of it", "here").format(n=subject, r=analysis.rating).replace("of it?", "here?")
    heavy = sorted((item for item in counted(m, ticker)), key=lambda item: -abs(item.points))[:3]
    page = page_of(r, ticker, other) if named else ticker
    return [
        Asked(
            text,
            page,
            (Rated((analysis.rating,)), AnyOf(tuple(points(item) for item in heavy))),
            frozenset({ticker}),
        )
    ]


def _item(m: Market, r: random.Random, ticker: str) -> tuple[RationaleItem, str]:
    item = r.choice(counted(m, ticker))
    return item, r.choice(ITEMS[item.key])


@kind("effect of an item")
def effect_of(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    item, said = _item(m, r, ticker)
    text = pick(
        r, "How does the {i} affect the rating of {n}?", "What does the {i} do to {p} score?", "How many points does the {i} give {n}?",
        "Does the {i} help or hurt {n}?", "How much does the {i} count for {n}?", "What effect does the {i} have on {n}?",
    )  # fmt: skip
    name = m.say(ticker, r)
    return [
        Asked(
            text.format(i=said, n=name, p=possessive(name)),
            page_of(r, ticker, other),
            effect(item),
            frozenset({ticker}),
        )
    ]


@kind("without an item")
def without(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    item, said = _item(m, r, ticker)
    if item.without is None:
        raise LookupError(item.key)
    text = pick(
        r, "What would {p} rating be without the {i}?", "What would the score of {n} be without the {i}?",
        "If the {i} were not counted, how would {n} be rated?", "Leave out the {i}: what is left of {p} score?", "{n} without the {i}?",
    )  # fmt: skip
    name = m.say(ticker, r)
    expects = (
        Figure((item.without.score,), "points", "score without it"),
        Names(item.without.rating),
    )
    return [
        Asked(
            text.format(i=said, n=name, p=possessive(name)),
            page_of(r, ticker, other),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("distance to another rating")
def distance(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    analysis = m.analysis(ticker)
    wanted, line = r.choice(turning_points(analysis.rating))
    away = round(abs(line - analysis.score), 1)
    plain = {"buy": 60.0, "sell": 40.0, "hold": 60.0 if analysis.rating == "buy" else 40.0}[wanted]
    shorter = round(abs(plain - analysis.score), 1)
    text = pick(
        r, "How far is {n} from a {w}?", "How many points is {n} away from a {w}?", "What is missing for {n} to become a {w}?",
        "How far away is {n} from being a {w}?", "When would {n} turn into a {w}?",
    )  # fmt: skip
    expects = (AnyOf((Figure((away, shorter), "points", "distance"), Figure((line,), "points", "line"))),)
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=wanted), page_of(r, ticker, other), expects, frozenset({ticker})
        )
    ]


@kind("single change to a buy")
def single_change(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if m.analysis(t).rating == "hold" and m.analysis(t).score > 50])
    analysis = m.analysis(ticker)
    previous = m.analysis(ticker, 1).rating
    line = next(score / 10 for score in range(1001) if rate(score / 10, previous) == "buy")
    needed = line - analysis.score
    possible = [item for item in counted(m, ticker) if item.points + needed <= item.high + 1e-9]
    text = pick(
        r, "Which single change would make {n} a buy?", "What one item could turn {n} into a buy?", "What would have to change for {n} to be a buy?",
        "Is there one thing that would make {n} a buy by itself?",
    )  # fmt: skip
    expects: tuple[Expectation, ...] = (Denies(),)
    if possible:
        reached = [
            Figure((round(item.points + needed, 1),), "points", f"points of {item.label}")
            for item in possible
        ]
        expects = (
            AnyOf((*reached, Figure((round(needed, 1),), "points", "points needed"))),
            Says("|".join(_label(item) for item in possible), "an item that can do it"),
        )
    return [Asked(text.format(n=m.say(ticker, r)), page_of(r, ticker), expects, frozenset({ticker}))]


def _label(item: RationaleItem) -> str:
    words = [item.label, *ITEMS.get(item.key, ())]
    return "|".join(word.replace("/", r"\s?/\s?").replace("÷", r"(?:÷|/|to)") for word in words)


@kind("most for and against")
def most(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    for_it = r.random() < 0.5
    items = sorted(counted(m, ticker), key=lambda item: item.points)
    heaviest = items[-1] if for_it else items[0]
    if (heaviest.points > 0) != for_it:
        raise LookupError("nothing on this side")
    text = pick(
        r,
        "What speaks most {s} {n}?",
        "What is the strongest argument {s} {n}?",
        "Which item counts most {s} {n}?",
        "The biggest point {s} {n}?",
    )
    side = "for" if for_it else "against"
    rivals = [item for item in items if item.points == heaviest.points]
    expects = (points(heaviest), Says("|".join(_label(item) for item in rivals), heaviest.label))
    return [
        Asked(
            text.format(s=side, n=m.say(ticker, r)), page_of(r, ticker, other), expects, frozenset({ticker})
        )
    ]


@kind("payout and cover")
def payout(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    share = m.known(ticker, "payout")
    text = pick(
        r, "Is the dividend of {n} covered by earnings?", "How well is {p} dividend covered?", "Can {n} afford its dividend?", "How safe is the dividend of {n}?",
        "How many times do earnings cover {p} dividend?",
    )  # fmt: skip
    name = m.say(ticker, r)
    cover = Figure((1 / share,), "ratio", "cover")
    return [
        Asked(
            text.format(n=name, p=possessive(name)),
            page_of(r, ticker, other),
            (AnyOf((figure(m, ticker, "payout"), cover)),),
            frozenset({ticker}),
        )
    ]


@kind("item that is not counted")
def not_counted(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    left = [item for item in m.analysis(ticker).rationale if not item.counted]
    if not left:
        raise LookupError("all are counted")
    item = r.choice(left)
    text = pick(
        r,
        "Why is the {i} not counted for {n}?",
        "Why does the {i} give {n} no points?",
        "What happened to the {i} of {n} in the score?",
    )
    text = text.format(i=r.choice(ITEMS[item.key]), n=m.say(ticker, r))
    return [
        Asked(text, page_of(r, ticker), (Says(reason(item.sentence), "the reason"),), frozenset({ticker}))
    ]


REASONS = (
    ("up from a loss", r"\bloss\b|Verlust|negative"), ("loss", r"\bloss\b|Verlust"), ("book value", r"negative (?:book|equity)|book value is negative|negative[rn]? Buchwert|Buchwert (?:ist )?negativ"),
    ("EBITDA is negative", r"negativ"), ("no EBITDA", r"no EBITDA|EBITDA is missing|kein\w* EBITDA|\bbank"), ("no dividend", r"no dividend|pays none|keine Dividende|does not pay"),
    ("one-off", r"one-off|100 ?%|Einmal"), ("outside", r"outside"), ("no usable", r"no usable|missing|not there|keine"), ("", r"not counted|nicht gezählt|missing|no\b"),
)  # fmt: skip


def reason(sentence: str) -> str:
    """What must be said where a figure is missing for this reason."""
    return next(pattern for word, pattern in REASONS if word in sentence)
