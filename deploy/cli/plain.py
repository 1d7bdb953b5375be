"""The chat without a terminal: questions line by line, answers as they come, nothing else on stdout.

What the chat says about itself goes to stderr.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from signal import SIGINT
from typing import TextIO
from uuid import UUID

from deploy.cli import words
from deploy.cli.chat import Chat
from deploy.cli.checked import words as checked
from deploy.cli.clean import clean
from deploy.cli.commands import QuitError, obey
from deploy.cli.transcript import Asked, Piece, Said, whole
from deploy.client.connection import EndedError, State
from deploy.client.events import Ended, LookedUp, Restarted
from deploy.client.turn import Turn
from shared.frames.turn_events import AiComplete

INTERRUPTED = 130
PATIENCE = 60.0
"""Seconds without a connection after which nobody waits any longer."""


class Plain:
    """Shows one chat. `new_session` makes the id for `/new`."""

    def __init__(self, new_session: Callable[[], UUID], *, out: TextIO = sys.stdout) -> None:
        self._new_session = new_session
        self._out = out
        self._state: State = "connecting"
        self._interrupted = False
        self._writing = asyncio.Lock()

    async def run(self, chat: Chat, session: UUID) -> int:
        """Ask all that stdin has; 0 if everything was answered."""
        me = asyncio.current_task()
        asyncio.get_running_loop().add_signal_handler(SIGINT, lambda: self._interrupt(chat, me))
        await chat.open(session)
        await chat.until(lambda: chat.settled)
        analysis = chat.conversation.context
        verdict = await chat.analyses.look_up(analysis) if analysis else None
        for line in (words.source(analysis, verdict), words.model(chat.conversation.model)):
            if line:
                await self.say(line)
        unanswered = 0
        try:
            async for line in _lines():
                turn = await obey(line, chat, self)
                await chat.until(lambda: chat.settled)
                if turn is not None:
                    await chat.until(lambda turn=turn: turn.stage == "ended")  # type: ignore[misc]
                    unanswered += not isinstance(turn.ending, AiComplete)
                if self._interrupted:
                    return INTERRUPTED
        except QuitError:
            pass
        return 1 if unanswered else 0

    def cut(self, text: str) -> int:
        return len(text)

    async def changed(self, chat: Chat) -> None:
        async with self._writing:
            for piece in chat.news():
                self._write(await self._text(piece, chat))
        if chat.state != self._state:
            before, self._state = self._state, chat.state
            if before != "connecting":
                await self.say(words.CONNECTION[chat.state])

    async def unknown_company(self, ticker: str) -> None:
        raise EndedError(f"There is no company {ticker} here.")

    async def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    async def show_history(self, chat: Chat) -> None:
        for turn in chat.conversation.turns:
            if turn.stage == "ended":
                for piece in whole(turn):
                    self._write(await self._text(piece, chat))

    async def show_sources(self, answer: Turn) -> None:
        for line in checked.sources(answer.figures):
            self._write(_tabbed(line))
        self._write("\n")

    async def begin(self, chat: Chat) -> None:
        await chat.open(self._new_session())

    async def _text(self, piece: Piece, chat: Chat) -> str:
        match piece:
            case Asked(turn):
                return f"> {clean(turn.question)}\n"
            case LookedUp(lookup):
                table = [lookup.result.columns, *lookup.result.rows] if lookup.result else []
                return "".join([f"[{clean(checked.lookup(lookup))}]\n", *map(_tabbed, table)])
            case Said(text):
                return clean(text)  # as it is: what its marks would say stands below it
            case Restarted():
                return f"\n[{words.RESTARTED}]\n"
            case Ended(turn):
                return await self._end(turn, chat)

    async def _end(self, turn: Turn, chat: Chat) -> str:
        source = words.source(turn.context, await chat.analyses.verdict(turn.context))
        count = checked.count(turn.figures)
        said = " · ".join(part for part in (source, count, words.ending(turn)) if part)
        parts = ["\n" if turn.text and not turn.text.endswith("\n") else ""]
        parts += [f"{clean(note)}\n" for note in checked.notes(turn.figures)]
        return "".join([*parts, f"[{said}]\n" if said else "", "\n"])

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    def _interrupt(self, chat: Chat, me: "asyncio.Task[int] | None") -> None:
        """The first time stop the answer; when there is none, or the second time, leave."""
        if chat.conversation.unfinished and not self._interrupted:
            self._interrupted = True
            self._stopping = asyncio.ensure_future(chat.stop())
        elif me is not None:
            me.cancel()


def _tabbed(cells: Sequence[str]) -> str:
    """One row, for whatever reads tables from a pipe."""
    return "\t".join(" ".join(clean(cell).split()) for cell in cells) + "\n"


async def _lines() -> AsyncIterator[str]:
    """The lines of stdin, whatever it is. The thread is a daemon: nobody waits for a line that never comes."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        # Not sys.stdin: a thread that waits in it when the interpreter ends would bring that down.
        with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as stdin:
            for line in stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line
