"""Whom a question is about: the companies it names, else the one just talked about or the page's."""

from collections.abc import Sequence

from deploy.offline_model.carry import is_elliptical
from deploy.offline_model.conversation import Turn
from deploy.offline_model.kinds import Kind
from deploy.offline_model.material.subjects import Company, Subjects
from deploy.offline_model.question import Question


def told_about(turn: Turn, question: Question | None, subjects: Subjects) -> list[Company]:
    """The companies of an earlier turn: those its question names, else those its answer names with a ticker."""
    known = {each.ticker: each for each in subjects.known}
    asked = [known[ticker] for ticker in (question.tickers if question else ()) if ticker in known]
    places = {ticker: place for ticker in known if (place := turn.answer.find(f"({ticker})")) >= 0}
    answered = [known[ticker] for ticker in sorted(places, key=lambda ticker: places[ticker])]
    return list(dict.fromkeys([*asked, *answered])) if len(asked) != 1 else asked


def answered_about(turn: Turn, subjects: Subjects) -> tuple[str, ...]:
    """The tickers that the answer of an earlier turn names, each once."""
    return tuple(each.ticker for each in subjects.known if f"({each.ticker})" in turn.answer)


def are_twins(companies: Sequence[Company], mentions: int) -> bool:
    """Two share classes of one company, named once ("Google")."""
    if len(companies) < 2 or mentions >= len(companies):
        return False
    first_words = {each.name.partition(" ")[0].lower() for each in companies}
    return len(first_words) == 1


def about(
    asked: Question, subjects: Subjects, turns: Sequence[Turn], earlier: Sequence[Question]
) -> tuple[Company, ...]:
    """The companies to answer for, in order."""
    before = told_about(turns[-1], earlier[-1] if earlier else None, subjects) if turns else []
    page = (subjects.page,) if subjects.page else ()
    if subjects.named:
        if asked.kind is Kind.COMPARE and len(subjects.named) == 1:
            others = [
                each for each in (*before[:1], *page, *subjects.talked_about) if each != subjects.named[0]
            ]
            if page and page[0] != subjects.named[0] and not (asked.points_back and before):
                others = [page[0], *others]
            return (*others[:1], *subjects.named)
        return subjects.named
    if subjects.not_in_data:
        return ()
    same_page = bool(turns) and not turns[-1].page
    points = asked.points_back or asked.links_back or is_elliptical(asked)
    if asked.kind is Kind.COMPARE:
        return _pair(before, page, subjects, turns)
    if page and not (same_page and points and before and page[0] not in before and _not_page(asked)):
        return page
    return tuple(before[:1] or page or subjects.talked_about[:1])


def _not_page(asked: Question) -> bool:
    return not {"page", "seite", "here", "hier"}.intersection(asked.words)


def _pair(
    before: Sequence[Company], page: Sequence[Company], subjects: Subjects, turns: Sequence[Turn]
) -> tuple[Company, ...]:
    """The companies last compared, else the two last talked about, the page's among them."""
    if len(before) >= 2:
        return tuple(before[:4])
    recent = [company for turn in reversed(turns) for company in told_about(turn, None, subjects)[:1]]
    both = dict.fromkeys([*before, *recent, *page, *subjects.talked_about])
    return tuple(list(both)[:2][::-1])
