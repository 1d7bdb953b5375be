"""The conversation so far, as the model gets it: whole turns, the newest ones, within a budget of tokens."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import asyncpg
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent_worker.memory.tokens import estimated_tokens
from shared.db.database import Database

TURNS_MAX = 20
MESSAGES_MAX = 3 * TURNS_MAX
"""Questions without an answer take places among these: of 60 messages, 20 failed ones still leave 20 turns."""
TOKENS_MAX = 6_000

# One walk down one index, of a length that is known when it is planned, and no join: from what it knows of average
# sessions, Postgres would pair the messages of a long one each with each.
_NEWEST_MESSAGES = f"""
    select turn_id, role, content, context_ticker from chat_messages
     where user_id = $1 and session_id = $2
     order by id desc limit {MESSAGES_MAX}
"""  # noqa: S608 - a constant


class PastTurn(NamedTuple):
    """One question, its answer, and the page both were about."""

    question: str
    answer: str
    ticker: str | None


class ChatHistory:
    """Reads `chat_messages`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def before(self, user_id: str, session_id: UUID, turn_id: UUID) -> list[PastTurn]:
        """The newest answered turns but `turn_id`, oldest first, as many as the model should see."""
        rows = await self._database.rows(_NEWEST_MESSAGES, user_id, session_id)
        return windowed(_answered(row for row in rows if row["turn_id"] != turn_id)[:TURNS_MAX])


def _answered(newest_first: Iterable[asyncpg.Record]) -> list[PastTurn]:
    """The turns with an answer: a question without one, or an empty answer, confuses the model or is refused."""
    answers: dict[UUID, asyncpg.Record] = {}
    turns: list[PastTurn] = []
    for row in newest_first:
        if row["role"] == "assistant":
            answers[row["turn_id"]] = row
        elif (answer := answers.get(row["turn_id"])) and answer["content"]:
            turns.append(PastTurn(row["content"], answer["content"], answer["context_ticker"]))
    return turns


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
