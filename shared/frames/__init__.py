"""Events of a turn, requests to run one, and what an answer carries beside its text."""
