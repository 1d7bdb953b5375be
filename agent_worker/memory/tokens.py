"""Counting tokens without asking the model: near enough to keep a conversation's cost bounded."""

BYTES_PER_TOKEN = 4


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` is; a little more than it is, for most languages."""
    return len(text.encode()) // BYTES_PER_TOKEN + 1
