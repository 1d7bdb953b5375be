"""`explain`: what a term means and how the rule works, quoted; how old the data is, which sectors there are."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from rapidfuzz import process

from agent_worker.analysis.naming.words import plain
from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.arguments import Explain
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.metrics import BY_NAME
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.figure_words import day
from shared.metric_words import METRIC_WORDS
from shared.points_rule import RULE

GLOSSARY = "Glossary of this dashboard"
THE_RULE = f'The rule "{RULE}" of this dashboard'
OWN_DATA = "The data of this dashboard"
AGE = frozenset(["age", "alter", "fresh", "aktuell", "old", "newest", "latest", "stand", "datenstand"])
DATA = frozenset(["data", "date", "daten", "information", "analysis", "analyses", "analysen", "alter"])
SECTORS = frozenset(["sector", "sectors", "sektor", "sektoren", "branchen", "industries"])
RULE_TERMS = frozenset({"Score", "Rating", "Hysteresis", "Peers", "Without", "Carried figure"})
NEAR_ENOUGH = 84
_FIGURE = re.compile(r"(?<![\w.])[−$]?\d+(?:\.\d+)?(?![\w.]*\d)")


class Term(NamedTuple):
    """One entry of the glossary."""

    title: str
    names: tuple[str, ...]
    meaning: tuple[str, ...]
    title_de: str
    meaning_de: tuple[str, ...]


async def explain(context: ToolContext, asked: Explain) -> Sheet:
    """The meaning in quoted sentences. Raises `WrongArguments` with the terms there are."""
    words = frozenset(re.findall(r"[^\W_]+", plain(asked.term)))
    if words & SECTORS and not words & {"score", "rating"}:
        return _sectors(context)
    if words & AGE and (words & DATA or len(words) == 1):
        return await _age(context)
    term = find_term(asked.term)
    if term is None:
        raise WrongArguments(
            f'no term "{asked.term[:60]}" in the glossary', [each.title for each in glossary()]
        )
    source = THE_RULE if term.title in RULE_TERMS else GLOSSARY
    german = asked.language == "de"
    meaning = term.meaning_de if german else term.meaning
    facts = [
        Fact(
            "",
            "glossary",
            "text",
            _number(found),
            "text",
            found,
            None,
            f"glossary/{term.title}",
            label=term.title,
        )
        for sentence in meaning
        for found in _FIGURE.findall(sentence)
    ]
    return _sheet(term.title_de if german else term.title, meaning, source, facts)


def find_term(asked: str) -> Term | None:
    """The entry by a name; by a name inside of what is asked, the longest; by a typing error in a longer name."""
    text = plain(asked).strip(" ?.!")
    names = _by_name()
    if text in names:
        return names[text]
    if (key := BY_NAME.get(text)) and key in names:
        return names[key]
    inside = [
        name for name in names if len(name) > 1 and re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text)
    ]
    if inside:
        return names[max(inside, key=len)]
    long = [name for name in names if len(name) > 4]
    near = process.extractOne(text, long, score_cutoff=NEAR_ENOUGH)
    return names[near[0]] if near else None


def spoken_term(asked: str) -> str:
    """What a reader is told is looked up: the entry's title, never the key of a figure."""
    term = find_term(asked)
    return term.title if term else asked.replace("_", " ").strip()


@cache
def glossary() -> tuple[Term, ...]:
    """The entries of `glossary.toml`, with their German of `glossary_de.toml`."""
    english, german = (
        tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))
        for name in ("glossary.toml", "glossary_de.toml")
    )
    found = []
    for each in english["term"]:
        own = german[each["title"]]
        found.append(
            Term(
                each["title"],
                tuple(each["names"]),
                tuple(each["meaning"]),
                own["title"],
                tuple(own["meaning"]),
            )
        )
    return tuple(found)


@cache
def _by_name() -> dict[str, Term]:
    found = {plain(name): term for term in glossary() for name in (*term.names, term.title)}
    for key in METRIC_WORDS:  # every metric is explained, also under its label
        if term := found.get(key) or found.get(plain(METRIC_WORDS[key].label)):
            found.setdefault(key, term)
    return found


def _sectors(context: ToolContext) -> Sheet:
    sectors = sorted(context.finder.sectors)
    count = len(context.finder.index.companies)
    meaning = (f"There are {count} companies in {len(sectors)} sectors: {', '.join(sectors)}.",)
    facts = [_count("companies", count), _count("sectors", len(sectors))]
    return _sheet("Sectors", meaning, OWN_DATA, facts)


async def _age(context: ToolContext) -> Sheet:
    dates = await context.analyses.dates()
    if not dates:
        raise WrongArguments("there are no analyses yet")
    newest, age = dates[-1], (context.today - dates[-1]).days
    meaning = (
        f"The newest analyses are of the snapshot of {day(newest)} {newest.year} ({newest}), {age} days before today.",
        f"There are analyses of {len(dates)} dates since {dates[0]}.",
    )
    facts = [
        Fact("", "date", "value", float(newest.toordinal()), "date", str(newest), newest, "data/newest"),
        Fact("", "date", "first", float(dates[0].toordinal()), "date", str(dates[0]), dates[0], "data/first"),
        _count("days", age),
        _count("dates", len(dates)),
    ]
    return _sheet("Age of the data", meaning, OWN_DATA, facts)


def _sheet(title: str, meaning: tuple[str, ...], source: str, facts: list[Fact]) -> Sheet:
    rows = [[sentence] for sentence in meaning]
    return Sheet(
        [("TERM", title), ("SOURCE", source)],
        [Section("MEANING", (), rows)],
        facts,
        words=f"Looking up {title}",
    )


def _count(what: str, count: int) -> Fact:
    return Fact("", "count", "value", float(count), "count", str(count), None, f"data/{what}", label=what)


def _number(shown: str) -> float:
    return float(shown.replace("−", "-").replace("$", ""))
