"""A conversation with the running system, whoever shows it: a terminal or a pipe."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from deploy.cli.analyses import Analyses
from deploy.cli.transcript import Piece, Said, Transcript
from deploy.client.client import Client
from deploy.client.connection import State
from deploy.client.conversation import Conversation
from deploy.client.turn import Turn


class Front(Protocol):
    """Who shows the conversation."""

    def cut(self, text: str) -> int:
        """How much of a growing answer may be written for good."""
        ...

    async def changed(self, chat: "Chat") -> None:
        """Something may have to be shown."""
        ...

    async def unknown_company(self, ticker: str) -> None:
        """The gateway does not know the company that was asked for."""
        ...


class Chat:
    """One conversation at a time. `sign` makes tokens; `patience` is the client's."""

    def __init__(
        self,
        url: str,
        front: Front,
        *,
        sign: Callable[[], str],
        ticker: str | None = None,
        patience: float | None = None,
    ) -> None:
        self.url = url
        self.analyses = Analyses(url, sign)
        self._front = front
        self._sign = sign
        self._patience = patience
        self._client = self._make(None, ticker)
        self._transcript: Transcript | None = None

    async def open(self, session: UUID) -> None:
        """Open a conversation in place of the one before; returns when it is loaded. Raises `EndedError`."""
        before, self._client = self._client, self._make(session, self.ticker)
        await before.close()
        self._transcript = None
        await self._client.open()

    async def close(self) -> None:
        """Leave the conversation; what was accepted is answered all the same. Nothing stays open."""
        await self._client.close()
        await self.analyses.close()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. Raises what ended the conversation, if that comes first."""
        while not holds():
            client = self._client
            await client.until(lambda client=client: holds() or client is not self._client)  # type: ignore[misc]

    def _make(self, session: UUID | None, ticker: str | None) -> Client:
        return Client(
            self.url,
            token=self._sign,
            session=session,
            ticker=ticker,
            patience=self._patience,
            watcher=self,
        )

    # What is so.

    @property
    def conversation(self) -> Conversation:
        """What is known of it."""
        return self._client.conversation

    @property
    def state(self) -> State:
        """Of the connection."""
        return self._client.state

    @property
    def ticker(self) -> str | None:
        """The company that a question is about."""
        return self._client.ticker

    @property
    def settled(self) -> bool:
        """Whether the gateway has taken the company that was asked for."""
        return self._client.settled

    def news(self) -> list[Piece]:
        """What is to be written for good since the last call."""
        return self._transcript.news() if self._transcript else []

    def rest(self, turn: Turn) -> Said:
        """What of an answer is not written for good yet."""
        return self._transcript.rest(turn) if self._transcript else Said("", first=False)

    # What a person does.

    async def ask(self, question: str) -> Turn:
        """Send a question, now or when the connection is back."""
        return await self._client.send(question)

    async def view(self, ticker: str | None) -> None:
        """Talk about another company, or about none."""
        await self._client.want(ticker)

    async def stop(self) -> None:
        """Stop the answer that is being written, or the question that comes next; one not sent yet is taken back."""
        await self._client.cancel()

    # What the client says: its `Watcher`.

    async def changed(self) -> None:
        if self._transcript is None and self.conversation.loaded:
            self._transcript = Transcript(self.conversation, self.ticker, self._front.cut)
        for analysis in (self.conversation.context, *(turn.context for turn in self.conversation.unfinished)):
            if analysis:
                self.analyses.look_up(analysis)
        await self._front.changed(self)

    async def unknown_company(self, ticker: str) -> None:
        await self._front.unknown_company(ticker)
