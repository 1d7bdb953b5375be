"""Every template of web/src/chat/suggest.ts, and of the buttons on the page, for every rated company."""

from collections.abc import Iterator

from shared.analysis import Analysis, RationaleItem
from shared.figure_words import number
from shared.points_rule import BUY, SELL, turning_points
from tests.deploy.offline_model.asking import ask
from tests.deploy.offline_model.market import market


def named(item: RationaleItem) -> str:
    """As `named` in suggest.ts: "the EBITDA margin", "the place in the 52-week range"."""
    label = item.label
    is_acronym = label[:1].isalnum() and (label[1:2].isupper() or label[1:2].isdigit() or label[1:2] == "/")
    return f"the {label if is_acronym else label[:1].lower() + label[1:]}"


def suggestions(analysis: Analysis, previous: Analysis | None) -> Iterator[tuple[str, list[str]]]:
    """Each suggested question with what its answer must hold."""
    score = number(analysis.score, 1)
    if previous:
        before = number(previous.score, 1)
        if previous.rating != analysis.rating:
            question = f"Why did the rating go from {previous.rating.capitalize()} to {analysis.rating.capitalize()}?"
            yield question, [before, score, f"from {previous.rating} to {analysis.rating}"]
        yield f"What changed since {previous.as_of.day} {previous.as_of:%b}?", [before, score]
    for item in analysis.rationale:
        if item.counted and item.without:
            points = number(abs(item.points), 1) if item.points else "adds nothing"
            without = number(item.without.score, 1)
            yield f"How does {named(item)} affect this rating?", [points, without]
            yield (
                f"Would it still be a {analysis.rating} without {named(item)}?",
                [without, item.without.rating],
            )
        else:
            yield (
                f"Why is {named(item)} not counted?",
                ["not counted", item.sentence.partition(": ")[2].rstrip(".")],
            )
    yield "How does the latest dividend yield affect this rating?", ["dividend yield"]
    target = (
        "hold"
        if analysis.rating != "hold"
        else "buy"
        if BUY - analysis.score <= analysis.score - SELL
        else "sell"
    )
    line = next(at for rating, at in turning_points(analysis.rating) if rating == target)
    yield f"How far is it from a {target}?", [number(abs(line - analysis.score), 1), number(line, 1), score]


def test_every_suggestion_is_answered_right_for_every_company() -> None:
    wrong, asked = [], 0
    for ticker in market().rated:
        found = market().analyses[ticker]
        for question, must in suggestions(found[-1], found[-2] if len(found) > 1 else None):
            answer = ask(question, ticker)
            company = market().companies[ticker].name
            who = ticker if company == ticker else f"({ticker})"
            missing = [each for each in (who, *must) if each not in answer.text]
            asked += 1
            if missing:
                wrong.append(f"{ticker}: {question} lacks {missing}: {answer.text}")
    assert asked > 5_000
    assert not wrong, f"{len(wrong)} of {asked}:\n" + "\n".join(wrong[:10])
