"""The check of one answer: when it begins, what it learns on the way, and that it never costs the answer."""

import pytest

from agent_worker.grounding.checker import Checker
from agent_worker.grounding.facts import Fact, facts_of_all
from agent_worker.grounding.known import Facts
from agent_worker.grounding.names import CompanyNames
from agent_worker.workflows.answer_check import AnswerCheck
from shared.frames.figures import Figure
from tests.agent_worker.sample_analyses import real_analyses

TEXT = "The P/E of KO is 27.36. Its dividend yield is 2.34 %, and PEP's P/E is 18.80"


def page() -> Facts:
    names = CompanyNames([("KO", "Coca-Cola"), ("PEP", "PepsiCo")])
    return Facts(facts_of_all(real_analyses("KO")[:2])).of_turn("And Pepsi?", subject="KO", names=names)


def test_it_begins_with_the_first_end_of_a_sentence() -> None:
    built = []

    def known() -> Facts:
        built.append(1)
        return page()

    check = AnswerCheck(known)
    assert check.feed("The P/E of KO is 27") == []
    assert not built, "the first words wait for nothing"
    check.feed(".36. ")
    assert built == [1]
    assert [figure.text for figure in check.finish()] == ["27.36"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pieces_make_no_difference(size: int) -> None:
    check, told = AnswerCheck(page), list[Figure]()
    for start in range(0, len(TEXT), size):
        told += check.feed(TEXT[start : start + size])
    whole = check.finish()
    assert told == whole[: len(told)]
    assert [figure.text for figure in whole] == ["27.36", "2.34 %", "18.80"]
    assert all(TEXT[figure.start : figure.end] == figure.text for figure in whole)


def test_what_is_looked_up_counts_from_then_on() -> None:
    pep = Fact(
        "PEP", "price_earnings", "value", 18.8, "ratio", "18.80", None, "metrics/price_earnings/value", 7
    )
    states = {}
    for learns in (False, True):
        check = AnswerCheck(page)
        if learns:
            check.learn([pep], "P/E | 18.80")
        check.feed("The P/E of PEP is 18.80.")
        [figure] = check.finish()
        states[learns] = figure.state
    assert states[True] == "verified"
    assert states[False] != "verified"


def test_a_check_that_fails_costs_the_marks_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    check = AnswerCheck(page)
    kept = check.feed("The P/E of KO is 27.36. ")

    def broken(self: Checker, delta: str) -> list[Figure]:
        raise ZeroDivisionError

    monkeypatch.setattr(Checker, "feed", broken)
    assert check.feed("Its dividend yield is 2.34 %. ") == []
    assert check.finish() == kept
