"""The kinds of questions. Importing this registers them all."""

from tests.eval.kinds import (
    absent,
    german,
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

MODULES = (single, reasons, times, several, screens, untrue, absent, talk, product, suggested, german)
