"""Answer one claimed turn: run the graph, publish as it writes, store the answer, publish the ending."""

import time
from collections.abc import Callable
from typing import NamedTuple

import structlog

from agent_worker.emit.ports import EventSink
from agent_worker.emit.turn_publisher import FencedError, Permit, TurnPublisher, publish_ending
from agent_worker.metrics import WorkerMetrics
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.patience import until_available
from agent_worker.turns.failures import told_to_user
from agent_worker.turns.ports import AnswerGraph
from agent_worker.turns.published_endings import PublishedEndings
from agent_worker.turns.running_turns import InterruptedTurnError, RunningTurn
from agent_worker.turns.turn_store import Answer, Finished, TurnStore
from agent_worker.workflows.answer_parts import AnswerPart, ContextLoaded, LookedUp, TextDelta, TurnQuestion
from shared.db.database import UNAVAILABLE
from shared.db.endings import StoredError
from shared.frames.notes import read_notes
from shared.frames.turn_events import AiComplete, AiError, AnalysisRef, FinishReason, Usage, UserEcho
from shared.frames.turn_requests import TurnRequest
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import Adopted

log = structlog.get_logger(__name__)


class TurnServices(NamedTuple):
    """What every turn of a worker uses. `model` names the one that answered last, which `ai_start` then says."""

    graph: AnswerGraph
    store: TurnStore
    sink: EventSink
    keys: RedisKeys
    published: PublishedEndings
    model: Callable[[], str]
    metrics: WorkerMetrics


class TurnExecutor:
    """One claimed turn, from its first attempt to its ending. `gave_up`: its last attempt broke off too."""

    def __init__(self, services: TurnServices, running: RunningTurn) -> None:
        self._services = services
        self._running = running
        self._context: AnalysisRef | None = None
        self._opened = False
        self._reason = "the answer was interrupted"
        self._began: float | None = time.monotonic()
        self.gave_up = False
        claim = running.claim
        self._question = TurnQuestion(
            claim.user, claim.session, claim.turn, claim.content, claim.ticker, claim.analysis_id
        )
        self._publisher = TurnPublisher(
            services.sink,
            services.keys.of_session(claim.user, claim.session),
            UserEcho(claim.turn, claim.content, claim.ticker),
            renew=lambda: self._renew(excused=True),
            on_failure=lambda _: running.interrupt("unheard"),
        )

    async def run(self) -> TurnRequest | None:
        """Bring the turn to its end; returns what to wake a worker for next: this very turn, if it was given back."""
        store = self._services.store
        try:
            outcome = await self._outcome()
            finished = await until_available(lambda: self._store(outcome))
        except InterruptedTurnError as stop:
            await self._publisher.discard()
            if stop.reason == "draining" and await until_available(
                lambda: store.release(self._running.claim)
            ):
                log.info("turn given back")
                self._services.metrics.turns.labels("given_back").inc()
                return self._running.claim.request
            finished = None
        except FencedError:
            finished = None
        if finished is None:
            log.info("fenced: this turn is no longer ours", fence=self._running.claim.fence)
            self._services.metrics.turns.labels("fenced").inc()
            return None
        await publish_ending(self._services.sink, self._services.keys, finished.ending)
        self._services.published.add(finished.ending.fence)
        self._count(finished.ending.event)
        return finished.next

    def _count(self, event: AiComplete | AiError) -> None:
        metrics = self._services.metrics
        if isinstance(event, AiError):
            metrics.turns.labels(event.code).inc()
            return
        metrics.turns.labels(event.finish_reason).inc()
        metrics.model_tokens.labels("input").inc(event.usage.input_tokens)
        metrics.model_tokens.labels("output").inc(event.usage.output_tokens)
        for figure in event.figures:
            metrics.figures.labels(figure.state).inc()

    async def _outcome(self) -> Answer | StoredError:
        """Attempt until there is something to store."""
        while True:
            try:
                return await self._attempt()
            except InterruptedTurnError as stop:
                if stop.reason == "unheard":
                    await self._publisher.drain()  # raises why
                if stop.reason != "cancelled":
                    raise
                return await self._stopped()
            except AnswerCutError as error:
                log.warning("answer cut", attempt=self._running.claim.attempt)
                if self._running.claim.exhausted:
                    self.gave_up = True
                    return told_to_user(error)
                await self._publisher.drain()
                await self._renew(excused=False)
                self._reason = "the model broke off"
            except ModelError as error:
                log.warning("no answer from the model", code=error.code)
                return told_to_user(error)
            except UNAVAILABLE as error:
                if self._opened:
                    raise
                log.warning("postgres went away before the answer began", error=type(error).__name__)
                await until_available(self._services.store.ping)
            except FencedError:
                raise
            except Exception as error:
                log.exception("turn failed")
                return told_to_user(error)

    async def _stopped(self) -> Answer:
        """What was shown when the turn was cancelled, if need be by a worker that is no more."""
        claim = self._running.claim
        if not self._opened and claim.attempt > 1:
            keys = self._services.keys.of_session(claim.user, claim.session)
            adopted = await self._services.sink.adopt(keys, fence=claim.fence, turn=claim.turn)
            if isinstance(adopted, Adopted):
                notes = read_notes(adopted.notes)
                return Answer(
                    adopted.text, "cancelled", notes.context, notes.model, Usage(), notes.figures, notes.lookups
                )  # fmt: skip
            if adopted == "fenced":
                raise FencedError
            self._open(None)  # what was shown is lost, so the screen is told to drop it
        await self._publisher.drain()
        return self._answer("cancelled", Usage(), self._services.model())

    async def _attempt(self) -> Answer:
        async with self._running.interruptible():
            end = await self._services.graph.answer(self._question, self._take)
        await self._publisher.drain()
        if end.finish_reason == "stop" and not self._publisher.text:
            raise AnswerCutError("the stream ended without an answer")
        model = end.model or self._services.model()
        answer = self._answer(end.finish_reason, Usage(end.input_tokens, end.output_tokens), model)
        return answer._replace(figures=end.figures, prompt_version=end.prompt_version)

    def _take(self, part: AnswerPart) -> None:
        match part:
            case ContextLoaded():
                self._open(part.context)
            case TextDelta():
                if self._began is not None:
                    self._services.metrics.first_word_seconds.observe(time.monotonic() - self._began)
                    self._began = None
                self._publisher.write(part.text, part.figures)
            case LookedUp():
                if part.lookup.status != "running":
                    self._services.metrics.tool_calls.labels(part.lookup.tool, part.lookup.status).inc()
                self._publisher.note(part.lookup)

    def _open(self, context: AnalysisRef | None) -> None:
        self._context = context
        self._opened = True
        claim = self._running.claim
        self._publisher.open(
            Permit(claim.attempt, claim.fence), context, self._services.model(), reason=self._reason
        )

    def _answer(self, finish_reason: FinishReason, usage: Usage, model: str) -> Answer:
        publisher = self._publisher
        return Answer(
            publisher.text, finish_reason, self._context, model, usage, publisher.figures, publisher.lookups
        )  # fmt: skip

    async def _store(self, outcome: Answer | StoredError) -> Finished | None:
        claim = self._running.claim
        if isinstance(outcome, Answer):
            return await self._services.store.finish(claim, outcome)
        return await self._services.store.fail(claim, outcome)

    async def _renew(self, *, excused: bool) -> Permit:
        claim = await until_available(
            lambda: self._services.store.renew(self._running.claim, excused=excused)
        )
        if claim is None:
            raise FencedError
        self._running.claim = claim
        self._services.metrics.attempts.labels("lost" if excused else "cut").inc()
        return Permit(claim.attempt, claim.fence)
