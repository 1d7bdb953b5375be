"""One request, one reply: read it, decide whom and what it asks, then call for look-ups or speak."""

from collections.abc import Callable

from deploy.offline_model.carry import carry
from deploy.offline_model.context import Context
from deploy.offline_model.conversation import Conversation, read_conversation
from deploy.offline_model.kinds import Kind
from deploy.offline_model.language.names import NameBook
from deploy.offline_model.material.analysis import page_analysis
from deploy.offline_model.material.subjects import Subjects, read_subjects
from deploy.offline_model.protocol import Reply, Request
from deploy.offline_model.question import Question, parse
from deploy.offline_model.speak import (
    changes,
    compare,
    declines,
    distance,
    effects,
    figures,
    peers,
    product,
    rating_history,
    reasons,
    screens,
    times,
    valuation,
    what_if,
)
from deploy.offline_model.whom import about, answered_about, are_twins

WORDS_MAX = 120

_SPEAKERS: dict[Kind, Callable[[Context], str]] = {
    Kind.INJECT: declines.speak_inject,
    Kind.OUTSIDE: declines.speak_outside,
    Kind.FORECAST: declines.speak_forecast,
    Kind.ADVICE: declines.speak_advice,
    Kind.RULE: product.speak_rule,
    Kind.AGE: product.speak_age,
    Kind.WHO_PEERS: peers.speak_who_peers,
    Kind.SECTOR: peers.speak_sector,
    Kind.DEFINE: product.speak_define,
    Kind.MARKET_CHANGED: changes.speak_market_changed,
    Kind.SCREEN: screens.speak_screen,
    Kind.COMPARE: compare.speak_compare,
    Kind.SINGLE: reasons.speak_single,
    Kind.DISTANCE: distance.speak_distance,
    Kind.WITHOUT: what_if.speak_without,
    Kind.WHAT_IF: what_if.speak_what_if,
    Kind.MISSING: effects.speak_missing,
    Kind.NOT_RATED: reasons.speak_rated,
    Kind.RATING_HISTORY: rating_history.speak_rating_history,
    Kind.EXTREME: times.speak_extreme,
    Kind.CHANGED: changes.speak_changed,
    Kind.HISTORY: times.speak_history,
    Kind.AT_DATE: figures.speak_at_date,
    Kind.PRICE_AT: times.speak_price_at,
    Kind.COVERED: figures.speak_covered,
    Kind.PEERS: peers.speak_peers,
    Kind.EFFECT: effects.speak_effect,
    Kind.REASONS: reasons.speak_reasons,
    Kind.VALUATION: valuation.speak_valuation,
    Kind.PROFIT: figures.speak_profit,
    Kind.FIGURE: figures.speak_figure,
    Kind.RATED: reasons.speak_rated,
    Kind.SUMMARY: reasons.speak_summary,
    Kind.GREETING: product.speak_greeting,
    Kind.THANKS: product.speak_thanks,
    Kind.BYE: product.speak_bye,
    Kind.HELP: product.speak_help,
    Kind.UNKNOWN: declines.speak_unknown,
}
_OF_EACH = frozenset(
    {Kind.FIGURE, Kind.RATED, Kind.AT_DATE, Kind.PRICE_AT, Kind.HISTORY, Kind.COMPARE, Kind.NOT_RATED}
)
"""Kinds that answer for each company named; the others answer for the first and name the rest."""
_NEEDS_NO_COMPANY = frozenset(
    {
        Kind.INJECT, Kind.OUTSIDE, Kind.FORECAST, Kind.ADVICE, Kind.RULE, Kind.AGE, Kind.DEFINE, Kind.MARKET_CHANGED,
        Kind.SCREEN, Kind.GREETING, Kind.THANKS, Kind.BYE, Kind.HELP, Kind.UNKNOWN,
    }
)  # fmt: skip


def reply_to(request: Request) -> Reply:
    """The look-ups that are still needed, or else the answer."""
    ctx = understand(request)
    text = speak(ctx)
    return Reply(calls=tuple(ctx.wanted)) if ctx.wanted else Reply(text=shortened(text))


def understand(request: Request) -> Context:
    """What is asked, and about whom."""
    system = request.system_instruction.text
    subjects, page = read_subjects(system), page_analysis(system)
    if subjects.page is None and page is not None:
        subjects = subjects._replace(page=page.company)
    talk = read_conversation(request)
    empty = Question(Kind.UNKNOWN, german=False)
    ctx = Context(empty, (), subjects, page, talk, request.tool_names)
    earlier = _earlier(talk, subjects, ctx)
    book = NameBook(subjects)
    before = earlier[-1] if earlier else None
    german = before.german if before else False
    asked = parse(talk.question, book, ctx.clock, named=len(subjects.named), german_before=german)
    if are_twins(subjects.named, len(asked.tickers)):
        asked = parse(talk.question, book, ctx.clock, named=1, german_before=german)
    ctx.question = carry(before, asked)
    ctx.about = about(ctx.question, subjects, talk.turns, earlier)
    return ctx


def _earlier(talk: Conversation, subjects: Subjects, ctx: Context) -> list[Question]:
    """The questions before, each completed by the ones before it, oldest first."""
    book = NameBook(subjects, is_last=False)
    found: list[Question] = []
    for turn in talk.turns:
        last = found[-1] if found else None
        read = parse(turn.question, book, ctx.clock, german_before=last.german if last else False)
        completed = carry(last, read)
        if not read.tickers and len(answered := answered_about(turn, subjects)) == 1:
            completed = completed._replace(tickers=answered)
        found.append(completed)
    return found


def speak(ctx: Context) -> str:
    """The answer, as far as what is looked up allows it."""
    if ctx.subjects.not_in_data and ctx.question.kind not in (Kind.SCREEN, Kind.MARKET_CHANGED, Kind.HELP):
        return _with_strangers(ctx)
    kind = _meant(ctx)
    if not ctx.about and kind not in _NEEDS_NO_COMPANY:
        return declines.speak_no_company(ctx)
    said = _SPEAKERS[kind](ctx)
    if len(ctx.about) > 1 and kind not in _OF_EACH:
        others = [each.shown for each in ctx.about[1:]]
        said = f"{said} {declines.speak_others(ctx, others)}"
    return said


def _meant(ctx: Context) -> Kind:
    """The kind, where it hangs on whether there is a company to ask it of."""
    asked, kind = ctx.question, ctx.question.kind
    is_open = not ctx.about and not ctx.subjects.named
    if is_open and kind is Kind.CHANGED:
        return Kind.MARKET_CHANGED
    if (
        kind is Kind.FIGURE
        and asked.filters
        and not ctx.subjects.named
        and (is_open or _lists_conditions(asked))
    ):
        return Kind.SCREEN
    if is_open and kind is Kind.VALUATION and asked.has("top"):
        return Kind.SCREEN
    moment = asked.moments[0] if asked.moments else None
    if kind is Kind.AT_DATE and moment and moment.first != moment.last and asked.metrics:
        return Kind.HISTORY
    if kind is Kind.AT_DATE and asked.metrics == ("price",):
        return Kind.PRICE_AT
    return kind


def _lists_conditions(asked: Question) -> bool:
    """Several conditions without a verb that asks them of one company."""
    return len(asked.filters) > 1 and asked.words[:1] not in (
        ("is",),
        ("are",),
        ("does",),
        ("ist",),
        ("hat",),
        ("has",),
    )


def _with_strangers(ctx: Context) -> str:
    """That a name is not in the data, then what is asked of the others that are named."""
    said = declines.speak_not_in_data(ctx)
    if not ctx.subjects.named:
        return said
    ctx.about = ctx.subjects.named
    kind = ctx.question.kind
    if kind is Kind.COMPARE and len(ctx.about) == 1:
        kind = Kind.FIGURE if ctx.question.metrics else Kind.SUMMARY
        kind = Kind.VALUATION if not ctx.question.metrics and ctx.question.has("cheap", "dear") else kind
    return f"{said} {_SPEAKERS[kind](ctx)}"


def shortened(text: str) -> str:
    """Whole sentences, as many as fit; a single one that is longer is cut at a word."""
    words = text.split(" ")
    if len(text.split()) <= WORDS_MAX:
        return text
    kept = words[:WORDS_MAX]
    ends = [place for place, word in enumerate(kept) if word.endswith((".", "!", "?")) and len(word) > 3]
    return " ".join(kept[: ends[-1] + 1]) if ends else " ".join([*kept[: WORDS_MAX - 1], "…"])
