"""Every company is found by every name it has."""

import pytest

from agent_worker.analysis.companies import CompanyFinder
from tests.agent_worker.analysis.conftest import COMPANIES, named, said

TEMPLATES = [
    "What is {}'s P/E?",
    "How high is the dividend yield of {}?",
    "Compare {} with its peers.",
    "Tell me about {}, please.",
    "Why is the rating of {} what it is?",
    "Wie hoch ist das KGV von {}?",
    "Ist {} teurer als der Median?",
    "What about {} since June?",
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_company_is_found_by_its_name_and_no_other_is(finder: CompanyFinder, template: str) -> None:
    wrong = {}
    for company in COMPANIES:
        name = said(company)
        twins = {other.ticker for other in COMPANIES if said(other) == name}
        if set(found := named(finder, template.format(name)).split()) != twins:
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    "template", ["What is {}'s P/E?", "What is the P/E of {}?", "Is {} cheaper than the median?"]
)
def test_every_company_is_found_by_its_symbol(finder: CompanyFinder, template: str) -> None:
    found = {c.ticker: named(finder, template.format(c.ticker)) for c in COMPANIES}
    assert {ticker: got for ticker, got in found.items() if got != ticker} == {}


def test_a_symbol_may_be_marked_as_one_in_any_case(finder: CompanyFinder) -> None:
    for company in COMPANIES:
        assert named(finder, f"Is ${company.ticker} a buy?") == company.ticker
        assert named(finder, f"price of ticker {company.ticker}") == company.ticker
        if len(company.ticker) > 1:
            assert named(finder, f"is ${company.ticker.lower()} a buy?") == company.ticker


def test_two_companies_are_found_in_the_order_in_which_they_are_named(finder: CompanyFinder) -> None:
    unlike = [c for c in COMPANIES if c.ticker not in ("FOX", "FOXA", "GOOG", "GOOGL", "NWS", "NWSA")]
    for one, other in zip(unlike, unlike[7:], strict=False):
        names = said(one), said(other)
        assert named(finder, "Which is cheaper, {} or {}?".format(*names)) == f"{one.ticker} {other.ticker}"
        assert named(finder, f"{one.ticker} vs {other.ticker}") == f"{one.ticker} {other.ticker}"


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        ("what's coke's p/e vs pepsi", "KO PEP"),
        ("Google or Facebook?", "GOOG GOOGL META"),
        ("P&G, J&J and AT&T", "PG JNJ T"),
        ("procter and gamble margin", "PG"),
        ("mcdonalds or lowes", "MCD LOW"),
        ("Lowe's yield next to McDonald's", "LOW MCD"),
        ("BRK.B price", "BRK.B"),
        ("what about brk-b?", "BRK.B"),
        ("BF-B's score", "BF.B"),
        ("dr horton, jb hunt and t rowe price", "DHI JBHT TROW"),
        ("D.R. Horton and W.W. Grainger", "DHI GWW"),
        ("Alphabet Class A", "GOOGL"),
        ("Marathon P/E", "MPC MRO"),
        ("estee lauder or Estée Lauder", "EL"),
        ("Wie hoch ist Coca-Colas Rendite?", "KO"),
        ("Ist Nvidias KGV höher als bei Apple?", "NVDA AAPL"),
        ("Was sagt die KO-Aktie, was die Pepsi-Aktie?", "KO PEP"),
        ("Vergleiche Visa mit Mastercard", "V MA"),
        ("Microsft yield", "MSFT"),
        ("is starbuks expensive", "SBUX"),
        ("the p/e of Qualcom", "QCOM"),
        ("Cocacola or Coca Cola", "KO"),
        ("ko p/e", "KO"),
        ("compare ko, pep and mcd", "KO PEP MCD"),
        ("WHAT IS THE P/E OF KO?", "KO"),
        ("Show me MO's yield", "MO"),
        ("Compare ALL and KO", "ALL KO"),
        ("ALL's P/E?", "ALL"),
        ("What is Target's P/E?", "TGT"),
        ("Target raised its dividend", "TGT"),
        ("How does Ball compare with Ford?", "BALL F"),
        ("best buy's margin", "BBY"),
        ("Is Best Buy cheap?", "BBY"),
        ("ball corp's yield", "BALL"),
        ("Nike, Inc. and Tesla, Inc.", "NKE TSLA"),
        ("3M's yield", "MMM"),
        ("S&P Global's P/E", "SPGI"),
        ("T yield?", "T"),
        ("Best Buys Rendite", "BBY"),
        ("apple and target", "AAPL TGT"),
        ("Does Delta pay more than United?", "DAL UAL"),
        ("costco vs target", "COST TGT"),
    ],
)
def test_everyday_names(finder: CompanyFinder, text: str, tickers: str) -> None:
    assert named(finder, text) == tickers
    assert finder.find(text).not_in_data == ()


@pytest.mark.parametrize(
    "template",
    [
        "what is {}'s p/e?",
        "is {} a buy?",
        "how does {} compare to its peers?",
        "kgv von {}",
        "{} dividend yield",
    ],
)
def test_nearly_every_company_is_found_by_its_name_in_small_letters(
    finder: CompanyFinder, template: str
) -> None:
    missed = [
        name
        for company in COMPANIES
        if company.ticker not in named(finder, template.format((name := said(company)).lower())).split()
    ]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        ("How has ALLE done since June?", "ALLE"), ("Why is ALLE a hold?", "ALLE"), ("Wie steht ALLE da?", "ALLE"),
        ("ALL dividend yield", "ALL"), ("How is ALL rated?", "ALL"), ("What does ALL yield?", "ALL"),
        ("Where does KEY stand among its peers?", "KEY"), ("Was kostet KEY?", "KEY"), ("How did CAT do?", "CAT"),
        ("Does COO pay a dividend?", "COO"), ("Wie hoch ist die Marge von COO?", "COO"), ("How has NOW performed?", "NOW"),
        ("What's the rating of Lilly (Eli)?", "LLY"), ("price of Lilly (Eli) in July", "LLY"),
        ("Compare Lilly (Eli) and Pfizer", "LLY PFE"),
    ],
)  # fmt: skip
def test_symbols_that_are_words_and_names_with_a_bracket(
    finder: CompanyFinder, text: str, tickers: str
) -> None:
    assert named(finder, text) == tickers
    assert finder.find(text).not_in_data == ()


@pytest.mark.parametrize(
    "text",
    [
        "Which of ALL companies has the highest yield?", "Is NOW a good time to buy?", "What are the KEY figures?",
        "KEY metrics?", "What should I do NOW?", "Who is the COO?", "zeige ALLE Aktien", "Nenne mir ALLE Kaufwerte",
        "Why is it SO expensive?", "The COST of it", "How FAST is it growing?",
    ],
)  # fmt: skip
def test_capitals_that_only_raise_the_voice(finder: CompanyFinder, text: str) -> None:
    assert named(finder, text) == ""
