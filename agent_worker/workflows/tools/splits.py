"""Share splits between the analyses of a series, read from the price's note, and amounts adjusted for them."""

import re

from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.metrics import metric_of

_SPLIT = re.compile(r"(\d+)-for-(\d+) (?:reverse )?split with the snapshot of (\d{1,2} \w{3})")


def splits_of(stored: Stored) -> dict[str, float]:
    """The splits that an analysis knows of, in words, each with the new shares for one old share."""
    price = metric_of(stored, "price")
    note = price.note if price and price.note else ""
    return {match[0]: int(match[1]) / int(match[2]) for match in _SPLIT.finditer(note) if int(match[2])}


def factor(stored: Stored, newest: Stored) -> float:
    """New shares for one share of `stored`: by how much its amounts a share are divided today."""
    known = splits_of(stored)
    product = 1.0
    for words, ratio in splits_of(newest).items():
        if words not in known:
            product *= ratio
    return product
