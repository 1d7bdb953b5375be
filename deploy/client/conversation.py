"""What is known of a conversation: frames in, turns out. No I/O."""

from uuid import UUID, uuid4

from deploy.client.turn import Turn
from gateway.wire.client_frames import Resume
from gateway.wire.server_frames import Ack, Error, Message, PageContext, Ready, ServerFrame, Snapshot
from shared.frames.figures import Lookup
from shared.frames.turn_events import (
    AiChunk,
    AiComplete,
    AiError,
    AiLookup,
    AiReset,
    AiStart,
    AnalysisRef,
    Context,
    SessionEvent,
    Usage,
    UserEcho,
)

Frame = ServerFrame | SessionEvent


class GapError(Exception):
    """An event was missed: only a resume makes the conversation whole."""


class Conversation:
    """The turns in the order in which they were accepted; those still on their way stand last."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.context: PageContext | None = None
        self.model: str | None = None
        self.content_chars = 4000
        self.has_more = False
        self._epoch = ""
        self._seq = 0
        self._loaded = False

    @property
    def position(self) -> Resume | None:
        """What was seen last; None before there is anything to go on from."""
        return Resume(self._epoch, self._seq) if self._loaded else None

    @property
    def loaded(self) -> bool:
        """Whether `turns` are what the gateway knows."""
        return self._loaded

    @property
    def unfinished(self) -> list[Turn]:
        """The turns that have no ending yet, in order."""
        return [turn for turn in self.turns if turn.stage != "ended"]

    @property
    def last_answer(self) -> Turn | None:
        """The newest turn that has ended and has text."""
        return next((turn for turn in reversed(self.turns) if turn.stage == "ended" and turn.text), None)

    @property
    def _page(self) -> str | None:
        return self.context.ticker if self.context else None

    def ask(self, question: str, ticker: str | None) -> Turn:
        """Add a question that is to be sent."""
        turn = Turn(uuid4(), question, ticker)
        self.turns.append(turn)
        return turn

    def apply(self, frame: Frame | None, seq: int | None) -> None:
        """Take one frame, None if its type is not known; `seq` is its number if it is a session event.

        Raises `GapError`."""
        if isinstance(frame, SessionEvent | None) and seq is not None:
            if seq > self._seq + 1 and self._loaded:
                raise GapError
            if seq > self._seq:
                self._seq = seq
            elif not isinstance(frame, AiComplete | AiError):
                return  # seen before; an ending may be told again to somebody who asked again
        match frame:
            case Ready():
                self._open(frame)
            case Snapshot():
                self._load(frame)
            case Ack():
                self._acknowledge(frame)
            case Error(turn_id=UUID() as turn_id):
                self._refuse(turn_id, frame)
            case Context(ticker=ticker):
                self.context = PageContext(ticker, frame.analysis_id, frame.as_of) if ticker else None
            case UserEcho():
                self._accept(frame.turn_id, frame.content, frame.context_ticker)
            case AiStart() | AiReset() | AiChunk() | AiLookup() | AiComplete() | AiError():
                self._answer(frame)
            case _:
                pass  # what keeps the socket alive says nothing about the conversation

    def _open(self, ready: Ready) -> None:
        self._epoch, self.context, self.model = ready.epoch, ready.context, ready.model
        self.content_chars = ready.limits.content_chars
        if not ready.recovered:
            self._seq, self._loaded = 0, False

    def _load(self, snapshot: Snapshot) -> None:
        """The gateway's view. A question that it does not show is sent again, which does no harm: it has an id."""
        self._seq, self._loaded, self.has_more = snapshot.seq, True, snapshot.has_more
        for turn in self.unfinished:
            turn.stage = "sending"
        asked = {row.turn_id: row for row in snapshot.messages if row.role == "user"}
        for row in snapshot.messages:
            if row.role == "assistant" and (question := asked.get(row.turn_id)):
                turn = self._accept(row.turn_id, question.content, question.context_ticker)
                if turn.stage != "ended":
                    turn.end(_ending(row))
        if active := snapshot.active:
            question = asked.get(active.turn_id)
            turn = self._accept(
                active.turn_id,
                question.content if question else "",
                question.context_ticker if question else self._page,
            )
            turn.stage, turn.attempt, turn.text = "answering", active.attempt, active.text
            turn.figures, turn.lookups = active.figures, active.lookups
        for queued in snapshot.queued:
            self._accept(queued.turn_id, queued.content, self._page)
        self.turns = [turn for turn in self.turns if turn.question or turn.stage != "sending"]

    def _acknowledge(self, ack: Ack) -> None:
        if turn := self._find(ack.turn_id):
            turn.position, turn.refusal = ack.position, None
            self._accept(turn.turn_id, turn.question, turn.ticker)

    def _refuse(self, turn_id: UUID, error: Error) -> None:
        turn = self._find(turn_id)
        if turn and turn.stage == "sending":
            turn.refusal = error
            if not error.retryable or error.code == "quota":
                turn.end(error)

    def _answer(self, event: AiStart | AiReset | AiChunk | AiLookup | AiComplete | AiError) -> None:
        turn = self._find(event.turn_id)
        if isinstance(event, AiComplete | AiError):
            if turn and turn.stage != "ended":
                self._accept(turn.turn_id, turn.question, turn.ticker).end(event)
                self._move_up()
            return
        if turn and (turn.stage == "ended" or event.attempt < turn.attempt):
            return
        turn = self._accept(event.turn_id, turn.question if turn else "", turn.ticker if turn else self._page)
        turn.stage = "answering"
        if event.attempt > turn.attempt:
            turn.begin(event.attempt)
        match event:
            case AiStart():
                turn.context, self.model = event.context, event.model
            case AiReset():
                turn.begin(event.attempt)
                turn.restarted = True
            case AiChunk():
                turn.text += event.content
                turn.figures = [*turn.figures, *event.figures]
            case AiLookup():
                turn.look_up(_lookup(event))

    def _accept(self, turn_id: UUID, question: str, ticker: str | None) -> Turn:
        """The turn has its place now: below all accepted ones, above those on their way."""
        turn = self._find(turn_id)
        if turn and turn.stage != "sending":
            return turn
        if turn:
            self.turns.remove(turn)
        else:
            turn = Turn(turn_id, question, ticker)
        turn.stage, turn.refusal = "waiting", None
        first_unsent = next((at for at, other in enumerate(self.turns) if other.stage == "sending"), None)
        self.turns.insert(len(self.turns) if first_unsent is None else first_unsent, turn)
        return turn

    def _move_up(self) -> None:
        for turn in self.turns:
            if turn.stage == "waiting":
                turn.position = max(0, turn.position - 1)

    def _find(self, turn_id: UUID) -> Turn | None:
        return next((turn for turn in reversed(self.turns) if turn.turn_id == turn_id), None)


def _ending(row: Message) -> AiComplete:
    """What a stored answer was told as."""
    context = None
    if row.context_ticker is not None and row.analysis_id is not None and row.as_of is not None:
        context = AnalysisRef(row.context_ticker, row.analysis_id, row.as_of)
    return AiComplete(
        full_message=row.content,
        turn_id=row.turn_id,
        message_id=row.id,
        finish_reason=row.finish_reason or "stop",
        usage=row.usage or Usage(),
        context=context,
        model=row.model or "",
        figures=row.figures,
        lookups=row.lookups,
    )


def _lookup(event: AiLookup) -> Lookup:
    """What an event says of a look-up, as it is stored."""
    return Lookup(event.n, event.tool, event.words, event.status, event.sources, event.result)
