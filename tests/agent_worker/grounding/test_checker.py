"""What the checker promises, on the sample's real figures: verdicts, offsets, and the same however a text arrives."""

import statistics
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_worker.grounding.checker import FIGURES_MAX, Checker, check
from agent_worker.grounding.facts import facts_of_all, texts_of
from agent_worker.grounding.known import Facts
from shared.frames.figures import Figure
from tests.eval.phrasings import PHRASINGS
from tests.eval.planted import Sample, directory, facts_for, right_answers


def verdicts(text: str, facts: Facts) -> list[tuple[str, str]]:
    return [(figure.text, figure.verdict) for figure in check(text, facts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The P/E is 27.36.", [("27.36", "matched")]),
        ("Over the past year the stock has ranged from $65.35 to $91.87.", [("$65.35", "matched"), ("$91.87", "matched")]),
        ("The 52-week band runs $65.35–$91.87.", [("$65.35", "matched"), ("$91.87", "matched")]),
        ("The P/E is about 27.", [("27", "matched")]),
        ("The P/E is 27.4.", [("27.4", "matched")]),
        ("The P/E is over 27.", [("27", "matched")]),
        ("The P/E is 26.34.", [("26.34", "unsure")]),
        ("Last week the P/E was 26.34.", [("26.34", "matched")]),
        ("The P/E is 28.17.", [("28.17", "unsupported")]),
        ("The P/B is 27.36.", [("27.36", "mislabelled")]),
        ("PepsiCo's P/E is 27.36.", [("27.36", "mislabelled")]),
        ("The P/E of Microsoft is 27.36.", [("27.36", "mislabelled")]),
        ("The yield is $2.34.", [("$2.34", "unsupported")]),
        ("The market cap is $391.96M.", [("$391.96M", "unsupported")]),
        ("The market cap is about $392 billion.", [("$392 billion", "matched")]),
        ("Der Börsenwert liegt bei 391,96 Mrd. Dollar.", [("391,96 Mrd. Dollar", "matched")]),
        ("Das KGV ist 27,36.", [("27,36", "matched")]),
        ("The yield of 2.34 % is 1.14 pp below the median.", [("2.34 %", "matched"), ("1.14 pp", "derived")]),
        ("The yield of 2.34 % is 1.14 pp above the median.", [("2.34 %", "mislabelled"), ("1.14 pp", "mislabelled")]),
        ("The price fell 3.9 % since 15 Aug.", [("3.9 %", "mislabelled"), ("15 Aug", "matched")]),
        ("The price rose 3.9 % since 15 Aug.", [("3.9 %", "derived"), ("15 Aug", "matched")]),
        ("The dividend yield takes away 4.0 points.", [("4.0 points", "matched")]),
        ("The dividend yield adds 4.0 points.", [("4.0 points", "mislabelled")]),
        ("KO is rated buy.", [("buy", "mislabelled")]),
        ("KO is rated hold.", [("hold", "matched")]),
        ("It is 4.1 points short of buy.", [("4.1 points", "derived"), ("buy", "unsure")]),
        ("Together the P/E and the P/S take away 4.3 points.", [("4.3 points", "derived")]),
        ("The dividend per share is $2.13.", [("$2.13", "derived")]),
        ("The P/E lowers the total by 1.3 points to 57.9.", [("1.3 points", "matched"), ("57.9", "matched")]),
        ("I see 3 reasons for that.", [("3", "unsure")]),
        ("The 20-session return and the S&P are not asked.", []),
    ],
)  # fmt: skip
def test_verdicts(coke: Facts, text: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(text, coke) == expected


def test_a_sentence_of_the_analysis_is_a_quote(coke: Facts) -> None:
    said = "Without it the score would be 61.9 instead of 57.9, and the rating still hold."
    assert {verdict for _, verdict in verdicts(said, coke)} == {"quoted"}


def test_a_figure_of_the_question_is_given(sample: Sample) -> None:
    facts = Facts(facts_of_all(sample.analyses["KO"]), subject="KO", question="Is a yield above 4.5 % safe?")
    assert verdicts("You asked about 4.5 %; I cannot say.", facts) == [("4.5 %", "given")]
    assert verdicts("The dividend yield is 4.5 %.", facts) == [("4.5 %", "unsupported")]


def test_a_proof_names_its_place(coke: Facts) -> None:
    figure = check("KO's P/E is 27.36, 7.6 % above the median of 25.43.", coke)[1]
    assert figure.formula == "27.36 / 25.43 − 1"
    assert [operand.where for operand in figure.operands] == [
        "metrics/price_earnings/value",
        "metrics/price_earnings/median",
    ]
    sent = msgspec.json.decode(msgspec.json.encode(figure))
    assert sent["verdict"] == "derived"
    assert "source" not in sent
    wrong = check("KO's P/E is 31.02.", coke)[0]
    assert wrong.says is not None
    assert wrong.says.shown == "27.36"
    assert wrong.why


def test_never_across_a_split(sample: Sample) -> None:
    facts = facts_for(sample, ["MNST"])
    old, new = sample.analyses["MNST"][-1], sample.analyses["MNST"][0]
    prices = [next(m.value for m in a.metrics if m.key == "price") for a in (old, new)]
    assert prices[0] is not None
    assert prices[1] is not None
    change = (prices[1] / prices[0] - 1) * 100
    way = "rose" if change > 0 else "fell"
    notes = [next(m.note for m in a.metrics if m.key == "price") for a in (old, new)]
    assert notes[0] != notes[1], "the sample's split is gone; take another company"
    figure = check(f"Since {old.as_of} the price {way} {abs(change):.1f} %.", facts)
    assert all(f.verdict != "derived" for f in figure)


def test_places_are_utf16_units_of_the_whole_text(coke: Facts) -> None:
    text = "📈 **Ja:** das KGV 🥤 liegt bei **27,36**.\n\n| 🥤 | KGV |\n|---|---|\n| KO | 27,36 |\n"
    units = text.encode("utf-16-le")
    figures = check(text, coke)
    assert [figure.text for figure in figures] == ["27,36", "27,36"]
    for figure in figures:
        assert units[figure.start * 2 : figure.end * 2].decode("utf-16-le") == figure.text
        assert figure.verdict == "matched"


def test_an_answer_of_thousands_of_figures_is_bounded(coke: Facts) -> None:
    assert len(check("The P/E is 27.36. " * 2000, coke)) == FIGURES_MAX


@pytest.fixture(scope="session")
def texts(sample: Sample) -> list[str]:
    return [
        "\n\n".join(a.text for _, a in right_answers(sample, PHRASINGS[n : n + 6], 6, n))
        for n in range(0, 60, 6)
    ]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_figures_however_the_text_arrives(
    data: st.DataObject, coke: Facts, texts: list[str]
) -> None:
    text = data.draw(st.sampled_from(texts))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=40)))
    checker, found = Checker(coke), list[Figure]()
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found += checker.feed(text[start:end])
    assert [*found, *checker.finish()] == check(text, coke)


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("27.36 ,%$−-|*\n.!?BMKO P/E medianfell🥤„“äß"), max_size=120),
    cut=st.integers(0, 120),
)
def test_any_text_is_checked_and_its_figures_stand_in_it(text: str, cut: int, coke: Facts) -> None:
    checker = Checker(coke)
    found = [*checker.feed(text[:cut]), *checker.feed(text[cut:]), *checker.finish()]
    assert found == check(text, coke)
    units = text.encode("utf-16-le")
    for figure in found:
        assert units[figure.start * 2 : figure.end * 2].decode("utf-16-le") == figure.text
    assert [f.start for f in found] == sorted(f.start for f in found)


def test_what_it_costs(coke: Facts, texts: list[str]) -> None:
    """Generous bounds, many times what was measured: they hold on a busy machine and fail for another order of growth."""
    checker, words = Checker(coke), ["and ", "the ", "score ", "of ", "its "] * 400
    start = time.perf_counter()
    for word in words:
        checker.feed(word)
    assert (time.perf_counter() - start) / len(words) < 50e-6
    spent = []
    for text in texts:
        begin = time.perf_counter()
        check(text, coke)
        spent.append((time.perf_counter() - begin) / max(1, text.count("\n\n") + 1))
    assert statistics.median(spent) < 10e-3


def test_more_facts_can_come_in_the_middle_of_an_answer(sample: Sample) -> None:
    facts = Facts(facts_of_all(sample.analyses["KO"]), subject="KO", names=directory(sample))
    checker = Checker(facts)
    assert [f.verdict for f in checker.feed("PepsiCo's P/E is 18.80. ") + checker.feed("So ")] == [
        "unsupported"
    ]
    facts.add(facts_of_all(sample.analyses["PEP"][:1]))
    for text in texts_of(sample.analyses["PEP"][0]):
        facts.quote(text)
    assert [f.verdict for f in checker.feed("PepsiCo's P/E is 18.80. ") + checker.finish()] == ["matched"]


@pytest.mark.parametrize("text", ["12, " * 2_000, "1.5 % and $3.10 " * 500, "w00001 " * 2_000, "9" * 20_000])
def test_what_is_no_sentence_is_not_read(text: str, coke: Facts) -> None:
    checker = Checker(coke)
    for start in range(0, len(text), 50):
        assert checker.feed(text[start : start + 50]) == []
    assert checker.finish() == []


@pytest.mark.parametrize("number", ["Half", "27.36", "Doubled", "Two", "€5", "15 Aug", "Hold"])
@pytest.mark.parametrize(
    "rest", [" of its peers are below 32.03.", " versus 25.43 at the median.", " vs 25.43 vs 27.36."]
)
def test_a_sentence_may_begin_with_its_number(number: str, rest: str, coke: Facts) -> None:
    assert (
        check(f"On P/E, KO is priced at 27.36. {number}{rest} Its P/E is 27.36.", coke)[-1].verdict
        == "matched"
    )
