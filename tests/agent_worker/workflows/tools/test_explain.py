"""What `explain` quotes: terms in both languages, and the age of the data."""

import pytest

from agent_worker.workflows.tools.explain import _FIGURE, glossary
from tests.agent_worker.workflows.tools.conftest import Call, lines, section


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("P/E", "P/E"), ("what is the KGV?", "P/E"), ("p/s ratio", "P/S"), ("EPS", "EPS"), ("score", "Score"),
        ("how is the score made", "Score"), ("Ausschüttungsquote", "Payout"), ("Dividendenrendite", "Dividend yield"),
        ("return on equity", "Return on equity"), ("price_earnings", "P/E"), ("Marktkapitalisierung", "Market cap"),
        ("52-week range", "52-week range"), ("hysteresis", "Hysteresis"), ("peers", "Peers"), ("Median", "Median"),
        ("How old is the data?", "Age of the data"), ("which sectors are there", "Sectors"), ("hysterisis", "Hysteresis"),
        ("rating", "Rating"), ("EBITDA margin", "EBITDA margin"), ("EBITDA", "EBITDA"), ("20-session return", "20-session return"),
    ],
)  # fmt: skip
async def test_terms_are_explained(call: Call, term: str, title: str) -> None:
    result = await call("explain", term=term)
    assert lines(result).get("TERM") == title, result.text
    assert section(result, "MEANING")
    assert lines(result)["SOURCE"]


async def test_the_age_of_the_data_is_counted(call: Call) -> None:
    [[first], _] = section(await call("explain", term="data age"), "MEANING")
    assert (
        first == "The newest analyses are of the snapshot of 22 Aug 2026 (2026-08-22), 3 days before today."
    )


def test_every_entry_stands_in_german_with_the_same_figures() -> None:
    for term in glossary():
        assert len(term.meaning) == len(term.meaning_de), term.title
        for english, german in zip(term.meaning, term.meaning_de, strict=True):
            assert _FIGURE.findall(english) == _FIGURE.findall(german), term.title


async def test_a_term_is_quoted_in_the_language_of_the_question(call: Call) -> None:
    result = await call("explain", term="KGV", language="de")
    assert lines(result)["TERM"] == "KGV"
    assert "Ein Unternehmen mit Verlust hat kein KGV." in result.text
    assert {fact.shown for fact in result.facts} == {"12"}
