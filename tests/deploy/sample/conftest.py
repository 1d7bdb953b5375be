"""The project's own figures and the analyses made of them: read once, never changed."""

from collections.abc import Callable

import pytest

from deploy.sample.analyses import Made, by_ticker, make_analyses
from deploy.sample.figures import Figures, Row, read_figures
from deploy.sample.series import Series, make_series
from shared.analysis import Analysis

Find = Callable[[str, str], Analysis]


@pytest.fixture(scope="session")
def figures() -> Figures:
    return read_figures()


@pytest.fixture(scope="session")
def made(figures: Figures) -> Made:
    return make_analyses(figures)


@pytest.fixture(scope="session")
def series(figures: Figures) -> Callable[[str], Series]:
    return lambda ticker: make_series(figures.rows[ticker])


@pytest.fixture(scope="session")
def on(figures: Figures) -> Callable[[str], int]:
    """The index of a snapshot: `on("08-22")`."""
    places = {f"{day:%m-%d}": index for index, day in enumerate(figures.days)}
    return places.__getitem__


@pytest.fixture(scope="session")
def raw(figures: Figures, on: Callable[[str], int]) -> Callable[[str, str], Row]:
    """What the source says: `raw("KO", "08-22")`."""
    return lambda ticker, day: figures.rows[ticker][on(day)]


@pytest.fixture(scope="session")
def find(made: Made) -> Find:
    """The analysis of a company on a day: `find("KO", "08-22")`. KeyError where there is none."""
    known = {
        (ticker, f"{analysis.as_of:%m-%d}"): analysis
        for ticker, all_of_it in by_ticker(made.analyses).items()
        for analysis in all_of_it
    }
    return lambda ticker, day: known[ticker, day]


@pytest.fixture
def few(figures: Figures) -> Figures:
    """The consumer staples: few enough to load in no time."""
    kept = {
        ticker: company
        for ticker, company in figures.companies.items()
        if company.sector == "Consumer Staples" or ticker == "EA"
    }
    return Figures(figures.days, kept, {ticker: figures.rows[ticker] for ticker in kept})


@pytest.fixture
def few_made(few: Figures) -> Made:
    return make_analyses(few)
