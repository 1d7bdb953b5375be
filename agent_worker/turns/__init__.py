"""One turn from its claim to its ending; the transactions that decide who may."""
