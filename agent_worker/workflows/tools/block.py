"""What the tools take from the analysis block, so that a result reads as the block does."""

from agent_worker.analysis.block import (
    METRIC_COLUMNS,
    NONE,
    REASON_COLUMNS,
    Company,
    clean,
    metric_cells,
    reason_cells,
)
from agent_worker.memory.tokens import estimated_tokens

__all__ = [
    "METRIC_COLUMNS",
    "NONE",
    "REASON_COLUMNS",
    "Company",
    "clean",
    "estimated_tokens",
    "metric_cells",
    "reason_cells",
]
