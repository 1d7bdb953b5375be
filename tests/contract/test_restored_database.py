"""A Postgres that was restored from a backup, beside a Redis that lived on and remembers what came after."""

import asyncio
from pathlib import Path

import asyncpg

from tests.contract.conftest import put_analyses
from tests.support.stack import Stack


async def back_to(database_url: str, state: asyncpg.Record) -> None:
    """The tables as they were: later turns never were, and both sequences stand where they stood."""
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            await connection.execute("delete from chat_messages where id > $1", state["message"])
            await connection.execute("delete from chat_turns where ord > $1", state["ord"])
            await connection.execute("select setval('chat_fence', $1)", state["fence"])
            await connection.execute("select setval('chat_turns_ord_seq', $1)", state["ord"])
    finally:
        await connection.close()


async def test_a_restored_conversation_goes_on_at_once(database_url: str, tmp_path: Path) -> None:
    await put_analyses(database_url)
    async with Stack(tmp_path, database_url=database_url) as stack:
        client = await stack.full("alice")
        await client.collect_turn(await client.ask("Before the backup"))
        [state] = await stack.fetch(
            """select (select last_value from chat_fence) as fence, (select max(ord) from chat_turns) as ord,
                      (select max(id) from chat_messages) as message"""
        )
        for number in range(3):
            await client.collect_turn(await client.ask(f"After the backup, {number}"))
        await back_to(database_url, state)

        async with asyncio.timeout(10):
            turn = await client.collect_turn(await client.ask("After the restore"))
        assert turn.ending["type"] == "ai_complete"
        assert turn.ending["full_message"] == turn.text
        rows = await stack.fetch("select attempt, status from chat_turns order by ord")
        assert [tuple(row) for row in rows] == [(1, "complete"), (1, "complete")]


async def test_fences_of_one_turn_only_grow(database_url: str) -> None:
    """Also where the clock is set back: never less than one more than the turn had."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "insert into chat_sessions (user_id, session_id) values ('a', gen_random_uuid())"
        )
        await connection.execute(
            """insert into chat_turns (user_id, session_id, turn_id, content, fence)
               select user_id, session_id, gen_random_uuid(), 'x', 8000000000000000 from chat_sessions"""
        )
        claim = "update chat_turns set fence = nextval('chat_fence') returning fence"
        assert [await connection.fetchval(claim) for _ in range(3)] == [
            8000000000000001,
            8000000000000002,
            8000000000000003,
        ]
        await connection.execute("update chat_turns set attempt = 7")
        assert await connection.fetchval("select fence from chat_turns") == 8000000000000003
    finally:
        await connection.close()
