"""The chat in a terminal: finished text above, the growing answer and the prompt below, the state in the last line."""

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import NestedCompleter, WordCompleter
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from deploy.cli import words
from deploy.cli.chat import Chat
from deploy.cli.checked import words as checked
from deploy.cli.checked.tables import looked_up, sources
from deploy.cli.clean import clean
from deploy.cli.commands import COMMANDS, QuitError, obey
from deploy.cli.look import INDENT, THEME, answer, block, colored_source
from deploy.cli.prompt_line import STYLE, placeholder, state
from deploy.cli.transcript import Asked, Piece, Said, whole, whole_blocks
from deploy.client.events import Ended, LookedUp, Restarted
from deploy.client.turn import Turn

WIDTH = 96
"""Columns of an answer at most: longer lines are hard to read."""
ROOM_BELOW = 8
"""Rows kept for the prompt, the queue and the state while a long paragraph grows."""


class Terminal:
    """Shows one chat. `new_session` makes the id for `/new`."""

    def __init__(self, new_session: Callable[[], UUID]) -> None:
        self._new_session = new_session
        self._console = Console(theme=THEME, highlight=False)
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._writing = asyncio.Lock()
        self._prompt: PromptSession[str] | None = None
        self._growing = ""
        self._stopping: UUID | None = None

    async def run(self, chat: Chat, session: UUID) -> int:
        """Talk until the person leaves. Raises `EndedError` when the conversation cannot go on."""
        await chat.open(session)
        await chat.until(lambda: chat.settled)
        await self._greet(chat)
        self._prompt = self._make_prompt(chat)
        running = [
            asyncio.create_task(self._prompt.prompt_async()),
            asyncio.create_task(self._obey_lines(chat)),
            asyncio.create_task(chat.until(lambda: False)),
            asyncio.create_task(self._learn_companies(chat)),
        ]
        try:
            await asyncio.gather(*running)
        except (EOFError, QuitError):
            pass
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        unsent = sum(turn.stage == "sending" for turn in chat.conversation.unfinished)
        if unsent:
            self._console.print(f"Not sent: {unsent} of your questions.", style="notice")
        self._console.print(block(Text("The conversation is kept; `make chat` goes on with it.", "quiet")))
        return 0

    def cut(self, text: str) -> int:
        return whole_blocks(text)

    async def changed(self, chat: Chat) -> None:
        async with self._writing:
            if pieces := chat.news():
                self._print(Group(*[await self._rendered(piece, chat) for piece in pieces]))
        if self._prompt:
            self._prompt.app.invalidate()

    async def unknown_company(self, ticker: str) -> None:
        await self.say(f"There is no company {ticker} here.")

    async def say(self, text: str) -> None:
        self._print(block(Text(text)))

    async def show_history(self, chat: Chat) -> None:
        ended = [turn for turn in chat.conversation.turns if turn.stage == "ended"]
        self._print(block(Rule("Earlier messages are in the web app" if chat.conversation.has_more else "")))
        for turn in ended:
            self._print(await self._whole(turn, chat))
        self._print(block(Rule() if ended else Text("Nothing was said yet.", "quiet")))

    async def show_sources(self, answer: Turn) -> None:
        self._print(block(sources(answer.figures), indent=INDENT))

    async def begin(self, chat: Chat) -> None:
        await chat.open(self._new_session())
        self._print(block(Rule("A new conversation")))

    # Reading.

    def _make_prompt(self, chat: Chat) -> PromptSession[str]:
        keys = KeyBindings()

        @keys.add("c-c")
        @keys.add("<sigint>")
        def _(event: KeyPressEvent) -> None:
            turn = next(iter(chat.conversation.unfinished), None)
            if turn is None or turn.turn_id == self._stopping:
                event.app.exit(exception=QuitError())
            else:
                self._stopping = turn.turn_id
                event.app.create_background_task(chat.stop())

        def message() -> AnyFormattedText:
            mark = f"{clean(chat.ticker)} ❯" if chat.ticker else "❯"
            return ANSI(f"{self._growing}\n\x1b[1;34m{mark}\x1b[0m ")

        prompt: PromptSession[str] = PromptSession(
            message,
            placeholder=lambda: [("class:placeholder", placeholder(chat.ticker))],
            bottom_toolbar=lambda: state(chat),
            style=STYLE,
            key_bindings=keys,
            history=InMemoryHistory([turn.question for turn in chat.conversation.turns]),
            completer=NestedCompleter.from_nested_dict(dict.fromkeys(COMMANDS)),
            complete_style=CompleteStyle.READLINE_LIKE,
            erase_when_done=True,
            refresh_interval=1.0,
        )
        prompt.default_buffer.accept_handler = self._take
        prompt.app.before_render += lambda _: self._grow(chat)
        return prompt

    def _take(self, buffer: Buffer) -> bool:
        self._lines.put_nowait(buffer.text)
        return False  # the prompt goes on, empty

    async def _obey_lines(self, chat: Chat) -> None:
        while True:
            await obey(await self._lines.get(), chat, self)

    async def _learn_companies(self, chat: Chat) -> None:
        companies = await chat.analyses.companies()
        if self._prompt and companies:
            tickers = WordCompleter([company.ticker for company in companies], ignore_case=True)
            self._prompt.completer = NestedCompleter({**dict.fromkeys(COMMANDS), "/ticker": tickers})

    # Writing.

    async def _greet(self, chat: Chat) -> None:
        analysis = chat.conversation.context
        verdict = await chat.analyses.look_up(analysis) if analysis else None
        title = Text.assemble(
            ("Tickertalk", "bold"), ("  ", ""), colored_source(words.source(analysis, verdict), verdict)
        )
        lines = [title, Text(words.model(chat.conversation.model), "quiet")]
        lines.append(
            Text("/help lists the commands. Ctrl-C stops an answer, and leaves when there is none.", "quiet")
        )
        self._print(block(Group(*lines)))
        ended = [turn for turn in chat.conversation.turns if turn.stage == "ended"]
        if ended:
            if len(ended) > 1:
                self._print(block(Text(f"{len(ended) - 1} earlier: /history", "quiet")))
            self._print(await self._whole(ended[-1], chat))

    async def _whole(self, turn: Turn, chat: Chat) -> RenderableType:
        return Group(*[await self._rendered(piece, chat) for piece in whole(turn)])

    async def _rendered(self, piece: Piece, chat: Chat) -> RenderableType:
        match piece:
            case Asked(turn, moved):
                asked = block(Text.assemble(("❯ ", "mark"), (clean(turn.question), "bold")))
                if not moved:
                    return asked
                return Group(
                    block(Rule(f"Now viewing {turn.ticker}" if turn.ticker else "No company in view")), asked
                )
            case LookedUp(lookup):
                return block(looked_up(lookup, self._console, self._width - INDENT), indent=INDENT)
            case Said():
                return answer(piece)
            case Restarted():
                return block(Text(words.RESTARTED, "notice"))
            case Ended(turn):
                return await self._end(turn, chat)

    async def _end(self, turn: Turn, chat: Chat) -> RenderableType:
        """Below an answer: why figures are flagged, and what it rests on."""
        parts: list[RenderableType] = []
        if reasons := checked.reasons(turn.figures):
            parts.append(block(Group(*[Text(clean(reason), "notice") for reason in reasons]), indent=INDENT))
        verdict = await chat.analyses.verdict(turn.context)
        source = colored_source(words.source(turn.context, verdict), verdict)
        count = Text(checked.count(turn.figures), "quiet")
        said = [part for part in (source, count, Text(words.ending(turn), "notice")) if part]
        if said:
            parts.append(block(Text("  ").join(said), indent=INDENT))
        return Group(*parts)

    def _print(self, renderable: RenderableType) -> None:
        """Write for good, above the prompt.

        prompt_toolkit's own `run_in_terminal` would give the keyboard back to the system meanwhile, which echoes
        what is typed just then.
        """
        app = self._prompt.app if self._prompt and self._prompt.app.is_running else None
        if app:
            app.renderer.erase()
        self._console.file.write(self._drawn(renderable))
        self._console.file.flush()
        if app:
            app.renderer.request_absolute_cursor_position()
            app.invalidate()

    def _grow(self, chat: Chat) -> None:
        """Draw what is still changing: the paragraph being written, and what waits behind it."""
        parts: list[RenderableType] = []
        for number, turn in enumerate(chat.conversation.unfinished):
            progress = Text(words.progress(turn, time.time()), "quiet")
            if number > 0 or turn.stage == "sending":
                question = Text(clean(turn.question).replace("\n", " "), no_wrap=True, overflow="ellipsis")
                question.truncate(max(20, self._width - 30), overflow="ellipsis")
                parts.append(block(Text.assemble(("❯ ", "mark"), question, "  ", progress)))
            elif (rest := chat.rest(turn)).text:
                parts.append(answer(rest))
            else:
                parts.append(block(progress, indent=INDENT))
        rows = self._drawn(Group(*parts)).split("\n") if parts else [""]
        self._growing = "\n".join(rows[-max(3, self._console.height - ROOM_BELOW) :])

    def _drawn(self, renderable: RenderableType) -> str:
        """The text with its colours, without the spaces that fill each line: whoever copies it gets none."""
        with self._console.capture() as capture:
            self._console.print(renderable, width=self._width)
        return "\n".join(row.rstrip() for row in capture.get().split("\n"))

    @property
    def _width(self) -> int:
        return min(WIDTH, self._console.width)
