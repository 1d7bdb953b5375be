"""What the product knows of itself: terms, the rule, how old the data is; and an older analysis on the page."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import AllOf, AnyOf, Count, Dated, Rated, Says
from tests.eval.kinds.wording import day_en, figure, one, page_of, pick, word
from tests.eval.market import Market

TERMS = (
    (("P/E", "price-to-earnings ratio"), r"price", r"earnings|profit"), (("P/S", "price-to-sales ratio"), r"price|market cap", r"sales|revenue"),
    (("P/B", "price-to-book ratio"), r"price", r"book"), (("EPS", "earnings per share"), r"earnings|profit", r"share"),
    (("dividend yield",), r"dividend", r"price"), (("payout ratio", "payout"), r"dividend|paid", r"earnings|profit"),
    (("EBITDA",), r"interest", r"tax"), (("EBITDA margin",), r"EBITDA", r"sales|revenue"), (("return on equity", "ROE"), r"equity|book", r"profit|earnings|P/E"),
    (("market cap", "market capitalization"), r"shares|share", r"price"), (("20-session return",), r"price", r"20|twenty"),
    (("52-week range",), r"low", r"high"),
)  # fmt: skip
RULE = (
    (("How is the score made?", "How is the score calculated?", "Where does the score come from?", "How do you get to the score?", "What is the score made of?"), (r"\b50\b", r"points?|items?")),
    (("When is a company a buy?", "From how many points is it a buy?", "What score is needed for a buy?", "How many points make a buy?"), (r"\b6[02]\b",)),
    (("When is a company a sell?", "Below how many points is it a sell?", "What score makes a sell?"), (r"\b(?:40|38)\b",)),
    (("Does the rating predict anything?", "Has anybody tested whether the ratings work?", "How good were the ratings in the past?"), (r"untested|not (?:been )?tested|nobody (?:knows|has tested)|no one",)),
    (("Who made this analysis?", "Who makes the ratings?", "Is an analyst behind this rating?"), (r"\brule\b|points-1",)),
    (("Who are the peers a company is compared with?", "How are the peers chosen?", "What are peers here?"), (r"sub-industry|industry|sector|group",)),
)  # fmt: skip


@kind("glossary")
def glossary(m: Market, r: random.Random) -> list[Asked]:
    names, *patterns = r.choice(TERMS)
    text = pick(
        r,
        "What is {a} {t}?",
        "What does {t} mean?",
        "Explain {t}.",
        "What does the term {t} stand for?",
        "I don't know what {t} is.",
        "Can you explain what {t} means?",
    )
    name = r.choice(names)
    text = text.replace("{a} ", "").format(t=name)
    if text.startswith("What is "):
        raise LookupError("asks for the figure")
    return [
        Asked(text, r.choice([None, one(m, r)]), tuple(Says(pattern, f"/{pattern}/") for pattern in patterns))
    ]


@kind("the rule")
def rule(m: Market, r: random.Random) -> list[Asked]:
    texts, patterns = r.choice(RULE)
    return [
        Asked(
            r.choice(texts),
            r.choice([None, one(m, r)]),
            tuple(Says(pattern, f"/{pattern}/") for pattern in patterns),
        )
    ]


@kind("how old")
def how_old(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    text = pick(
        r,
        "How old is this analysis?",
        "From when is the data?",
        "How current are the figures?",
        "What date is the analysis of {n} from?",
        "How recent is the price of {n}?",
        "When was {n} last analysed?",
    )
    page = page_of(r, ticker) if "{n}" in text else ticker
    return [Asked(text.format(n=m.say(ticker, r)), page, (Dated(m.newest),), frozenset({ticker}))]


@kind("who are its peers")
def its_group(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    company = m.companies[ticker]
    text = pick(
        r,
        "What sector is {n} in?",
        "Which industry does {n} belong to?",
        "What does {n} belong to, by industry?",
    )
    names = {company.sector, company.industry_group, company.sub_industry}
    return [
        Asked(
            text.format(n=m.say(ticker, r)),
            page_of(r, ticker),
            (AnyOf(tuple(Says(_plain(name), name) for name in sorted(names))),),
            frozenset({ticker}),
        )
    ]


def _plain(name: str) -> str:
    return name.replace("(", r"\(").replace(")", r"\)").replace("&", "(?:&|and)")


@kind("older analysis on the page")
def older_page(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    back = r.randrange(1, len(m.analyses[ticker]))
    key = r.choice(("price", "price_earnings", "score", "market_cap"))
    then = figure(m, ticker, key, back)
    if then.shown == figure(m, ticker, key).shown:
        raise LookupError("the same today")
    text = pick(r, "What is the {w}?", "How high is the {w} here?", "{w}?", "And the {w}?").format(
        w=word(r, key)
    )
    return [Asked(text[0].upper() + text[1:], ticker, (then,), frozenset({ticker}), back)]


@kind("older analysis on the page, its rating")
def older_rating(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if any(a.rating != m.analysis(t).rating for a in m.analyses[t])])
    back = r.choice([i for i, a in enumerate(m.analyses[ticker]) if a.rating != m.analysis(ticker).rating])
    rating = m.analysis(ticker, back).rating
    text = pick(r, "How is it rated here?", "Why is it a {x}?", "What is the rating?")
    return [Asked(text.format(x=rating), ticker, (Rated((rating,)),), frozenset({ticker}), back)]


@kind("what can you do")
def abilities(m: Market, r: random.Random) -> list[Asked]:
    text = pick(
        r,
        "What can you do?",
        "What can I ask you?",
        "Help",
        "Hello",
        "Hi, what do you know?",
        "What do you know about?",
    )
    return [
        Asked(
            text,
            r.choice([None, one(m, r)]),
            (Says(r"analys|compan|figures|rating|stock|ask", "what it is for"),),
        )
    ]


@kind("how many companies there are")
def listed(m: Market, r: random.Random) -> list[Asked]:
    text = pick(
        r,
        "How many companies are in the data?",
        "How many companies do you cover?",
        "How many companies are rated?",
        "How many stocks do you know?",
    )
    return [
        Asked(text, r.choice([None, one(m, r)]), (AnyOf((Count(len(m.rated)), Count(len(m.companies)))),))
    ]


@kind("from a page's date")
def page_dated(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    back = r.randrange(2, len(m.analyses[ticker]))
    day = m.analysis(ticker, back).as_of
    text = pick(
        r,
        "What did the analysis of {d} say?",
        "What was the analysis on {d}?",
        "Show me the analysis of {d}.",
    )
    expects = (
        AllOf((Rated((m.analysis(ticker, back).rating,)), figure(m, ticker, "score", back))),
        Dated(day),
    )
    return [Asked(text.format(d=day_en(day, r)), ticker, expects, frozenset({ticker}))]
