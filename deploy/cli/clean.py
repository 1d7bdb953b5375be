"""Text from elsewhere, made harmless for a terminal."""

import re

# C0 and C1 controls but tab and newline: a terminal would obey them. Bidirectional overrides hide what is said.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Text from elsewhere without what a terminal would take for commands."""
    return CONTROLS.sub("", text.replace("\r\n", "\n"))
