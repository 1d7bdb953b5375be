"""What a user may ask for in a session: a question, a page, a stop. The same for every socket."""

import asyncio
from uuid import UUID, uuid4

import structlog
from redis.exceptions import RedisError

from gateway.relay.ports import Relay
from gateway.security.limits import MessageRate
from gateway.session.metrics import Metrics
from gateway.store.conversations import Accepted, Conversations, Question
from gateway.store.tickers import Tickers
from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError
from gateway.wire.server_frames import Ack
from gateway.wire.session_id import SessionKey
from shared.frames.turn_events import AiComplete, AiError, Context, UserEcho
from shared.frames.turn_requests import TurnRequest
from shared.scripts.session_scripts import once_for_echo

log = structlog.get_logger(__name__)


class Commands:
    """Each method raises `RefusedError`, or an error of Redis or Postgres while one of them is away."""

    def __init__(
        self,
        relay: Relay,
        conversations: Conversations,
        tickers: Tickers,
        rate: MessageRate,
        metrics: Metrics,
    ) -> None:
        self._relay = relay
        self._conversations = conversations
        self._tickers = tickers
        self._rate = rate
        self._metrics = metrics

    async def ask(self, session: SessionKey, frame: UserMessage) -> tuple[Ack, AiComplete | AiError | None]:
        """Accept a question; for one that was sent again after it ended, its ending comes back too."""
        wait = await self._rate.wait_ms(session.user)
        if wait and not await self._is_resent(session, frame):
            raise RefusedError("rate_limited", retry_after_ms=wait)
        try:
            with self._metrics.ack_seconds.time():
                return await self._ask(session, frame)
        except RefusedError as refusal:
            if refusal.code == "overloaded" and not wait:
                await self._rate.give_back(session.user)
            raise

    async def _is_resent(self, session: SessionKey, frame: UserMessage) -> bool:
        """A question taken before is told what became of it, whatever the rate: it asks for nothing new."""
        return frame.turn_id is not None and await self._conversations.knows(session, frame.turn_id)

    async def _ask(self, session: SessionKey, frame: UserMessage) -> tuple[Ack, AiComplete | AiError | None]:
        if isinstance(frame.context_ticker, str):
            await self._check_ticker(frame.context_ticker)
        turn = frame.turn_id or uuid4()
        question = Question(
            turn, frame.content, frame.context_ticker, frame.on_busy == "reject", frame.analysis_id
        )
        accepted = await self._conversations.accept(session, question)
        self._metrics.turns.labels(accepted.status).inc()
        log.info("turn taken", session=str(session.session), turn=str(turn), status=accepted.status)
        if accepted.status != "duplicate":
            await self._pass_on(session, question, accepted)
        return Ack(turn, accepted.status, accepted.before), accepted.ending and accepted.ending.event

    async def publish_again(self, session: SessionKey, ending: AiComplete | AiError) -> None:
        """Announce a stored ending once more, to all of the session."""
        await self._relay.announce(session, ending)

    async def set_context(
        self, session: SessionKey, ticker: str | None, analysis_id: int | None = None
    ) -> None:
        """Remember the page the user looks at, and tell all of the session."""
        if ticker is not None:
            await self._check_ticker(ticker)
        page = await self._conversations.set_context(session, ticker, analysis_id)
        event = Context(page.ticker, page.analysis_id, page.as_of) if page else Context(None, None, None)
        await self._relay.announce(session, event)

    async def cancel(self, session: SessionKey, turn: UUID | None) -> None:
        """Stop a turn (None: the one that runs)."""
        flagged = await self._conversations.cancel(session, turn)
        if flagged is not None:
            await self._relay.signal_cancel(session, flagged)

    async def _pass_on(self, session: SessionKey, question: Question, accepted: Accepted) -> None:
        """Show the question to all of the session and wake a worker. It is stored: if Redis is away now, the
        sweeper wakes one, and the answer's opening shows the question."""
        ticker = accepted.context_ticker
        echo = UserEcho(question.turn, question.content, ticker)
        steps = [self._relay.announce(session, echo, once=once_for_echo(question.turn))]
        if accepted.before == 0:
            steps.append(self._relay.wake(TurnRequest(*session, question.turn, question.content, ticker)))
        for outcome in await asyncio.gather(*steps, return_exceptions=True):
            if isinstance(outcome, RedisError):
                log.warning(
                    "turn taken, not passed on", turn=str(question.turn), error=type(outcome).__name__
                )
            elif outcome is not None:
                raise outcome

    async def _check_ticker(self, ticker: str) -> None:
        if not await self._tickers.knows(ticker):
            raise RefusedError("unknown_ticker")
