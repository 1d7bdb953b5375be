"""The kinds of questions. Importing this registers them all."""

from tests.eval.kinds import (
    absent,
    changes,
    german,
    german_more,
    german_talk,
    product,
    reasons,
    screens,
    several,
    single,
    suggested,
    talk,
    times,
    untrue,
)

MODULES = (
    single,
    reasons,
    times,
    changes,
    several,
    screens,
    untrue,
    absent,
    talk,
    product,
    suggested,
    german,
    german_more,
    german_talk,
)
