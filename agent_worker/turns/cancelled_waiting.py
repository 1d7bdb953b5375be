"""The SQL that ends turns cancelled while they waited: stored as if answered with nothing, and never begun."""

from uuid import UUID

from shared.db.database import Connection

ANY_CANCELLED_WAITING = """
    select exists (select from chat_turns
                    where (user_id, session_id) = ($1, $2) and status = 'queued' and cancel_requested) as any
"""

# One statement writes questions and answers, in this order, so that their ids are in this order too. The fence only
# names the ending: `attempt` stays 0, which tells that nothing was ever published under it.
_END = """
    with ended as (
        update chat_turns set status = 'complete', fence = nextval('chat_fence'), ended_at = now()
         where (user_id, session_id) = ($1, $2) and status = 'queued' and cancel_requested
     returning turn_id, ord, content, context_ticker
    )
    insert into chat_messages (user_id, session_id, turn_id, role, content, finish_reason, context_ticker)
    select $1, $2, turn_id, said.role, coalesce(said.content, ended.content), said.finish_reason, context_ticker
      from ended
     cross join (values (1, 'user', null, null), (2, 'assistant', '', 'cancelled'))
                as said (place, role, content, finish_reason)
     order by ended.ord, said.place
"""


async def end_cancelled_waiting(db: Connection, user: str, session: UUID) -> None:
    """End them. Only in a transaction that holds the lock of the session's row, or a claim may begin one."""
    await db.execute(_END, user, session)
