"""The scoring itself: right answers pass in any wording, and each way of being wrong is seen."""

import pytest

from tests.eval.asked import Asked, Case
from tests.eval.expect import (
    Dated,
    Declines,
    Denies,
    Expectation,
    Figure,
    Lists,
    Moved,
    Names,
    Rated,
    Short,
    Winner,
)
from tests.eval.market import market
from tests.eval.reading.companies import tickers
from tests.eval.reading.numbers import numbers, stands_for
from tests.eval.reply import Given, Reply
from tests.eval.scoring import score

KO_PE = Figure((27.357357,), "ratio", "P/E")
KO_AND_PEP = (Figure((0.0234,), "fraction", "yield", "KO"), Figure((0.0374,), "fraction", "yield", "PEP"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("27.36", 27.357357, "ratio"), ("about 27.4", 27.357357, "ratio"), ("27,36", 27.357357, "ratio"), ("27.36×", 27.357357, "ratio"),
        ("2.34 %", 0.0234, "fraction"), ("2,3 Prozent", 0.0234, "fraction"), ("2.34%", 0.0234, "fraction"),
        ("$391.96B", 391_962_198_016, "usd"), ("391,96 Mrd. USD", 391_962_198_016, "usd"), ("$392 billion", 391_962_198_016, "usd"),
        ("−$1.88", -1.88, "usd"), ("1.234,50 $", 1234.5, "usd"), ("−4.0 points", -4.0, "points"), ("4 Punkte", -4.0, "points"),
    ],
)  # fmt: skip
def test_a_figure_is_known_in_every_notation(text: str, value: float, unit: str) -> None:
    (number,) = numbers(f"It is {text}.")
    assert stands_for(number, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("27.37", 27.357357, "ratio"), ("27", 27.9, "ratio"), ("2.34", 0.0234, "fraction"), ("2 %", 0.0234, "fraction"), ("$391.96", 391_962_198_016, "usd"),
        ("$391.96M", 391_962_198_016, "usd"), ("27.36 %", 27.357357, "ratio"), ("0", 0.4, "points"),
    ],
)  # fmt: skip
def test_another_figure_or_unit_is_not_taken_for_it(text: str, value: float, unit: str) -> None:
    (number,) = numbers(f"It is {text}.")
    assert not stands_for(number, value, unit)


def test_dates_and_spans_are_no_figures() -> None:
    text = "On 22 Aug 2026 (2026-08-22, 22. August 2026, August 22) its 52-week range and 20-session return, from Q of 2026."
    assert numbers(text) == []


def test_companies_are_found_by_name_and_symbol_and_not_in_words() -> None:
    assert tickers("Coca-Cola Company (The) (KO), PepsiCo's and Ford Motor (F)") == {"KO", "PEP", "F"}
    assert tickers("All of it has a low cost, so it is now on the way.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its P/E is 27.36.", (KO_PE,)),
        ("Coca-Cola yields 2.34 %, PepsiCo 3.74 %.", KO_AND_PEP),
        ("PepsiCo yields more than Coca-Cola: 3.74 % against 2.34 %.", KO_AND_PEP),
        ("| KO | 2.34 % |\n| PEP | 3.74 % |", KO_AND_PEP),
        ("The yields are 2.34 % for Coca-Cola and 3.74 % for PepsiCo.", KO_AND_PEP),
        ("The price did not fall: it rose from $82.25 to $91.10.", (Moved(1, ((82.25, "usd"), (91.10, "usd"))),)),
        ("PepsiCo is cheaper than Coca-Cola.", (Winner("PEP", frozenset({"KO"}), -1),)),
        ("Coca-Cola is more expensive than PepsiCo.", (Winner("PEP", frozenset({"KO"}), -1),)),
        ("The analysis does not say who the CEO is.", (Declines(),)),
        ("Dazu sagt die Analyse nichts.", (Declines(),)),
        ("No, Best Buy is a hold.", (Denies(), Rated(("hold",)))),
        ("On 1 August it was higher.", (Dated(market().figures.days[-16]),)),
    ],
)  # fmt: skip
def test_right_answers_pass(text: str, expected: tuple[Expectation, ...]) -> None:
    assert [each.wrong(Reply(text)) for each in expected] == [None] * len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its P/E is 27.63.", KO_PE),
        ("PepsiCo yields 2.34 %.", KO_AND_PEP[0]),
        ("Coca-Cola yields 3.74 %, PepsiCo 2.34 %.", KO_AND_PEP[1]),
        ("The price fell from $82.25 to $91.10.", Moved(1, ((82.25, "usd"), (91.10, "usd")))),
        ("Coca-Cola is cheaper than PepsiCo.", Winner("PEP", frozenset({"KO"}), -1)),
        ("Both have a P/E.", Winner("PEP", frozenset({"KO"}), -1)),
        ("Its P/E is 27.36.", Declines()),
        ("Yes, it is a buy.", Denies()),
        ("Best Buy is rated hold.", Names("buy")),
        ("It is a buy, not a hold.", Rated(("hold",))),
        ("Coca-Cola and Boeing.", Lists(frozenset({"KO"}), 1)),
        ("word " * 121, Short()),
    ],
)  # fmt: skip
def test_each_way_to_be_wrong_is_seen(text: str, expected: Expectation) -> None:
    assert expected.wrong(Reply(text)) is not None


def asked_on_dal(answer: str) -> list[str]:
    """What bleeds when Marathon Petroleum's P/E is asked for on Delta's page."""
    known = market()
    asked = Asked("What is Marathon Petroleum's P/E?", "DAL", (), frozenset({"MPC"}))
    scored = score(Case("k", (asked,)), [Given(answer, [], [])], known)
    return scored.turns[0].bled


def test_the_pages_figure_for_another_companys_bleeds() -> None:
    known = market()
    dal, mpc = (f"{known.known(ticker, 'price_earnings'):.2f}" for ticker in ("DAL", "MPC"))
    assert asked_on_dal(f"The P/E is {dal}.")
    assert asked_on_dal(f"The P/E of Marathon Petroleum (MPC) is {dal} (22 Aug 2026).")
    assert asked_on_dal(f"The P/E of Delta Air Lines (DAL) is {dal} (22 Aug 2026).")
    assert not asked_on_dal(f"The P/E of Marathon Petroleum (MPC) is {mpc} (22 Aug 2026).")
    assert not asked_on_dal(f"The P/E of Marathon Petroleum (MPC) is {mpc}. Delta's is {dal}.")
    assert not asked_on_dal(f"Marathon Petroleum's P/E is {mpc}, that of Delta Air Lines {dal}.")
