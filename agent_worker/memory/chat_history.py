"""The conversation so far, as the model gets it: whole turns, the newest ones, within a budget of tokens."""

from typing import NamedTuple
from uuid import UUID

import asyncpg
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent_worker.memory.tokens import estimated_tokens
from shared.db.pool import ACQUIRE_TIMEOUT

TURNS_MAX = 20
TOKENS_MAX = 6_000

# Only turns with an answer: a question without one, or an empty answer, confuses the model or is refused.
# Both sides come off an index, and no more than `TURNS_MAX` rows of it.
_NEWEST_TURNS = """
    select q.content as question, a.content as answer, a.context_ticker as ticker
      from (select turn_id, id, content, context_ticker
              from chat_messages
             where user_id = $1 and session_id = $2 and role = 'assistant' and content <> '' and turn_id <> $3
             order by id desc
             limit $4) a
      join chat_messages q
        on (q.user_id, q.session_id, q.turn_id, q.role) = ($1, $2, a.turn_id, 'user')
     order by a.id desc
"""


class PastTurn(NamedTuple):
    """One question, its answer, and the page both were about."""

    question: str
    answer: str
    ticker: str | None


class ChatHistory:
    """Reads `chat_messages`."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def before(self, user_id: str, session_id: UUID, turn_id: UUID) -> list[PastTurn]:
        """The newest answered turns but `turn_id`, oldest first, as many as the model should see."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as connection:
            rows = await connection.fetch(_NEWEST_TURNS, user_id, session_id, turn_id, TURNS_MAX)
        return windowed([PastTurn(*row) for row in rows])


def windowed(newest_first: list[PastTurn], tokens_max: int = TOKENS_MAX) -> list[PastTurn]:
    """The newest turns that together stay within `tokens_max`, oldest first. No turn is cut in two."""
    kept: list[PastTurn] = []
    left = tokens_max
    for turn in newest_first:
        left -= estimated_tokens(turn.question) + estimated_tokens(turn.answer)
        if left < 0:
            break
        kept.append(turn)
    return kept[::-1]


def as_messages(turns: list[PastTurn], ticker: str | None) -> list[BaseMessage]:
    """The turns as messages. A question from another page than `ticker`'s says which, or "it" would mislead."""
    messages: list[BaseMessage] = []
    for turn in turns:
        page = f"[asked on the page of {turn.ticker}] " if turn.ticker and turn.ticker != ticker else ""
        messages += [HumanMessage(page + turn.question), AIMessage(turn.answer)]
    return messages
