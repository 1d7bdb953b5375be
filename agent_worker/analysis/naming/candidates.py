"""What words of a text may name."""

from typing import NamedTuple

from agent_worker.analysis.naming.index import Listed


class Mention(NamedTuple):
    """Companies that the words from `start` to before `end` name; several where a name is shared."""

    start: int
    end: int
    companies: tuple[Listed, ...]


class Candidate(NamedTuple):
    """What words might name, and whether that is certain; the uncertain is taken beside a certain one in a list."""

    mention: Mention
    certain: bool
    listable: bool
