"""A figure said of a company that is not in the data is never shown as verified, whoever's it is."""

import pytest

from agent_worker.grounding.checker import check
from agent_worker.grounding.facts import facts_of_all
from agent_worker.grounding.known import Facts
from agent_worker.grounding.names import CompanyNames
from tests.eval.planted import Sample


@pytest.fixture(scope="module")
def asked(sample: Sample) -> Facts:
    """Coca-Cola's page, asked about a company that the resolver found to be unknown; Samsung is a known outsider."""
    names = CompanyNames(sample.names.items(), {"KO": ["Coke"]}, ["Samsung"])
    page = Facts(facts_of_all(sample.analyses["KO"]))
    return page.of_turn("And Umbrella?", subject="KO", names=names, strangers=("Umbrella",))


@pytest.mark.parametrize(
    "text",
    [
        "Samsung's P/E is 27.36.",
        "Das KGV von Samsung liegt bei 27,36.",
        "Samsung is a large company. Its P/E is 27.36.",
        "Umbrella trades at 27.36 times earnings.",
        "The P/E of Umbrella is 27.36.",
        "Foobar's P/E is 27.36.",
        "The P/E of Foobar is 27.36.",
        "Foobar Inc. has a P/E of 27.36.",
        "Samsung's price rose 3.9 % since 15 Aug.",
    ],
)
def test_of_a_stranger_nothing_is_verified(text: str, asked: Facts) -> None:
    assert "verified" not in [f.state for f in check(text, asked) if not f.text.endswith("Aug")]


@pytest.mark.parametrize(
    "text",
    [
        "Today's P/E is 27.36.",
        "The company's P/E is 27.36.",
        "Coke's P/E is 27.36.",
        "Cola's P/E is 27.36.",
        "Samsung is not in the data. The P/E of the page is 27.36.",
        "I have no figures for Umbrella. KO has a P/E of 27.36.",
        "Compared with Samsung, Coca-Cola has a P/E of 27.36.",
        "Samsung isn't covered; Coca-Cola's P/E is 27.36.",
    ],
)
def test_beside_a_stranger_the_page_keeps_its_own(text: str, asked: Facts) -> None:
    assert [f.state for f in check(text, asked)] == ["verified"]
