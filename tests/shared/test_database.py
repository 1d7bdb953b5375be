"""What a connection is opened with."""

from shared.db.database import open_pool


async def test_no_sleeper_holds_a_lock_for_ever(database_url: str) -> None:
    async with await open_pool(database_url, name="test") as pool:
        assert await pool.fetchval("show idle_in_transaction_session_timeout") == "5s"
        assert await pool.fetchval("show tcp_keepalives_idle") == "10"
        assert await pool.fetchval("show application_name") == "test"
