"""Analyses that somebody else's tool wrote: shown as far as they can be read, and no harm to the others."""

import pytest

from gateway.store.analyses import Analyses
from shared.db.database import Database, open_pool

INSERT = """
    insert into analysis_history (ticker, as_of, rating, score, summary, metrics, rationale)
    values ($1, '2026-08-22', 'hold', 50, 'Made elsewhere.', $2, $3)
"""


@pytest.mark.parametrize(
    ("metrics", "price"),
    [
        ('{"price": 91.1, "pe": "27"}', None),
        ('[{"key": "price", "value": "a lot"}]', None),
        ('[{"key": "price", "value": 91.1, "extra": true}, 7, null]', 91.1),
        ("null", None),
    ],
)
async def test_a_foreign_shape_spoils_neither_its_page_nor_the_overview(
    database_url: str, metrics: str, price: float | None
) -> None:
    async with await open_pool(database_url, name="test") as pool:
        await pool.execute(INSERT, "KO", metrics, '["The brand is strong."]')
        analyses = Analyses(Database(pool))
        [row] = await analyses.overview()
        assert (row.ticker, row.score, row.price) == ("KO", 50.0, price)
        detail = await analyses.detail("KO")
        assert detail is not None
        assert detail.rationale[0].sentence == "The brand is strong."
