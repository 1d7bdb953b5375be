"""The sample's analyses and the facts that would stand before the model, read once."""

import pytest

from agent_worker.grounding.known import Facts
from tests.eval.planted import Sample, facts_for, sample_of_the_project


@pytest.fixture(scope="session")
def sample() -> Sample:
    return sample_of_the_project()


@pytest.fixture(scope="session")
def coke(sample: Sample) -> Facts:
    """Coca-Cola's page, with PepsiCo looked up."""
    return facts_for(sample, ["KO", "PEP"])
