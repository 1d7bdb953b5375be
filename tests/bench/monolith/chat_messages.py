"""Tasks 3.3, 4.3 and 4.7: sessions and messages, in the product's own tables."""

from uuid import UUID, uuid4

import asyncpg
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

HISTORY_MAX = 41
"""The question asked now and the 20 turns before it: what the product's window holds at most, too."""


async def open_session(pool: asyncpg.Pool, user: str, session_id: str) -> None:
    """Create the session if it is new."""
    await pool.execute(
        "insert into chat_sessions (user_id, session_id) values ($1, $2) on conflict do nothing",
        user,
        UUID(session_id),
    )


async def save(pool: asyncpg.Pool, user: str, session_id: str, role: str, content: str) -> None:
    """Store one message."""
    await pool.execute(
        "insert into chat_messages (user_id, session_id, turn_id, role, content) values ($1, $2, $3, $4, $5)",
        user,
        UUID(session_id),
        uuid4(),
        role,
        content,
    )


async def history(pool: asyncpg.Pool, user: str, session_id: str) -> list[AnyMessage]:
    """The newest messages, oldest first, as LangChain's."""
    rows = await pool.fetch(
        "select role, content from chat_messages where user_id = $1 and session_id = $2"
        " order by id desc limit $3",
        user,
        UUID(session_id),
        HISTORY_MAX,
    )
    return [
        HumanMessage(row["content"]) if row["role"] == "user" else AIMessage(row["content"])
        for row in reversed(rows)
    ]
