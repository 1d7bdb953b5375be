"""What holds for any text: an answer, short, with no figure that was not given to the model."""

import re
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.offline_model.language.words.asking import ASKING
from deploy.offline_model.language.words.talk import OUTSIDE, TALK
from shared.metric_words import METRIC_WORDS
from tests.deploy.offline_model.asking import Answer, Past, ask
from tests.deploy.offline_model.market import market
from tests.deploy.offline_model.phrasings import SAY
from tests.deploy.offline_model.question_set import Maker
from tests.deploy.offline_model.test_rates import answer_to

WORDS_MAX = 120
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

phrases = sorted(
    {phrase for table in (ASKING, TALK, OUTSIDE) for text in table.values() for phrase in text.split(" | ")}
)
names = [words.label for words in METRIC_WORDS.values()]
pieces = st.one_of(
    st.sampled_from(phrases),
    st.sampled_from(names),
    st.sampled_from(
        [
            "buy",
            "sell",
            "Halten",
            "since June",
            "15 Aug",
            "3 %",
            "$100bn",
            "KO",
            "PepsiCo",
            "and",
            "?",
            "above",
            "nicht",
        ]
    ),
    st.integers(-10, 10**9).map(str),
)


def numbers_of(text: str) -> set[str]:
    """Its figures, as they are written; years, days and list numbers too."""
    return {found.group().replace(",", "") for found in NUMBER.finditer(text)}


def lines_away(material: str) -> set[str]:
    """Distances from a score to a line: the one figure that may be calculated."""
    scores = {float(each) for each in re.findall(r"SCORE: (\d+\.\d+)", material)}
    lines = {float(each) for each in re.findall(r"(?:buy|hold|sell) at (\d+\.\d+)", material)}
    return {f"{abs(score - line):.1f}" for score in scores for line in lines}


def check(answer: Answer) -> None:
    assert answer.text.strip()
    assert len(answer.text.split()) <= WORDS_MAX, answer.text
    given_numbers = numbers_of(answer.material) | lines_away(answer.material)
    given_numbers |= {found.group().replace(",", ".") for found in NUMBER.finditer(answer.material)}
    # "2026-08-22" is said as "22 Aug 2026", "0.03" as "3 %".
    given_numbers |= {str(int(each)) for each in given_numbers if each.isdecimal()}
    given_numbers |= {
        f"{float(each) * 100:g}" for each in given_numbers if re.fullmatch(r"\d+(\.\d+)?", each)
    }
    args = " ".join(str(args) for _, args in answer.calls)
    given_numbers |= {str(int(each)) for each in re.findall(r"\d+", args)} | numbers_of(args)
    strange = numbers_of(answer.text) - given_numbers
    assert not strange, f"{strange} in {answer.text}"


@SLOW
@given(st.text(max_size=300))
def test_any_text_gets_a_short_answer(text: str) -> None:
    answer = ask(text or "?", "KO")
    assert answer.text.strip()
    assert len(answer.text.split()) <= WORDS_MAX


@SLOW
@given(
    st.lists(pieces, min_size=1, max_size=12),
    st.sampled_from(["KO", "BA", "JPM", "AVB", "MNST", "BRK.B", None]),
)
def test_any_words_of_the_tables_get_an_answer_from_the_material(
    words: Sequence[str], page: str | None
) -> None:
    question = " ".join(words).replace("<", "").replace(">", "").replace("*", "").replace("..", "the")
    named = [ticker for ticker, name in (("KO", "KO"), ("PEP", "PepsiCo")) if name in question]
    check(ask(question, page, named=named))


@SLOW
@given(
    st.lists(st.lists(pieces, min_size=1, max_size=6), min_size=2, max_size=4), st.sampled_from(["KO", None])
)
def test_any_conversation_gets_an_answer(turns: Sequence[Sequence[str]], page: str | None) -> None:
    questions = [" ".join(words) for words in turns]
    past = [
        Past(question, "PepsiCo (PEP) is rated hold.", "MSFT" if number else "")
        for number, question in enumerate(questions[:-1])
    ]
    answer = ask(questions[-1], page, talked=["PEP"], past=past)
    assert answer.text.strip()
    assert len(answer.text.split()) <= WORDS_MAX


def test_no_answer_holds_a_figure_that_was_not_given() -> None:
    for case in Maker(23, SAY).cases(companies=4, per_kind=1):
        check(answer_to(case))


def test_without_tools_it_answers_from_the_page_alone() -> None:
    for case in Maker(29, SAY).cases(companies=2, per_kind=1):
        answer = ask(
            case.question,
            case.page,
            named=case.named,
            talked=case.talked,
            strangers=case.strangers,
            past=case.past,
            tools=(),
        )
        assert not answer.calls
        check(answer)


def test_every_rated_company_can_be_summed_up() -> None:
    for ticker in market().rated[::7]:
        answer = ask("Tell me about it", ticker)
        assert market().companies[ticker].name.partition(" (")[0] in answer.text
        check(answer)
