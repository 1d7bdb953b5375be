"""Finds companies among those of the sample."""

import datetime as dt

import pytest

from agent_worker.analysis.companies import CompanyFinder
from agent_worker.analysis.naming.index import CompanyIndex, Listed, without_legal
from deploy.sample.figures import read_figures

TODAY = dt.date(2026, 11, 24)
FIGURES = read_figures()
COMPANIES = [Listed(company.ticker, company.name) for company in FIGURES.companies.values()]
GROUPS = {part for c in FIGURES.companies.values() for part in (c.sector, c.industry_group, c.sub_industry)}


@pytest.fixture(scope="module")
def finder() -> CompanyFinder:
    return CompanyFinder(CompanyIndex(COMPANIES), GROUPS, dt.date(2026, 8, 22))


def said(company: Listed) -> str:
    """The name as one says it. "News" alone is no name of News Corp."""
    short = without_legal(company.name)
    return short if short != "News" else company.name.partition(" (")[0]


def named(finder: CompanyFinder, text: str) -> str:
    return " ".join(company.ticker for company in finder.find(text).named)
