"""An import meets the sample: the same figures and analyses."""

from tests.deploy.sample.conftest import few, few_made, figures, find, made

__all__ = ["few", "few_made", "figures", "find", "made"]
