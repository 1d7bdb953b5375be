"""How far the tools may go. Rounds and calls are kept by the graph, the rest by the tools."""

ROUNDS_MAX = 3
"""Times the model may ask for tools within one answer."""

CALLS_MAX = 6
"""Calls within one answer."""

CALL_SECONDS = 1.0
"""Time of one call, the wait for a connection included."""

RESULT_TOKENS = 1_500
"""Size of a result as the model reads it."""

TABLE_BYTES = 8 * 1024
"""Size of a result's table as the reader's app draws it."""

ARGUMENTS_BYTES = 16 * 1024
TICKERS_MAX = 8
METRICS_MAX = 6
FILTERS_MAX = 4
ROWS_MAX = 20
POINTS_MAX = 30
