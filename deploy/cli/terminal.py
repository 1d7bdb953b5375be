"""The chat in a terminal: finished text above, the growing answer and the prompt below, the state in the last line."""

import asyncio
import time
from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import NestedCompleter, WordCompleter
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markdown import Heading, Markdown
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from deploy.cli import words
from deploy.cli.analyses import Verdict
from deploy.cli.chat import Chat
from deploy.cli.commands import COMMANDS, QuitError, obey
from deploy.cli.conversation import Turn
from deploy.cli.transcript import Asked, Ended, Piece, Restarted, Said, whole_blocks

WIDTH = 96
"""Columns of an answer at most: longer lines are hard to read."""
INDENT = 2
ROOM_BELOW = 8
"""Rows kept for the prompt, the queue and the state while a long paragraph grows."""
THEME = Theme(
    {
        "mark": "bold blue",
        "quiet": "bright_black",
        "notice": "yellow",
        "buy": "green",
        "hold": "yellow",
        "sell": "red",
        "rule.line": "bright_black",
        "rule.text": "bright_black",
        "markdown.code": "cyan",
        "markdown.code_block": "cyan",
        "markdown.h1": "bold",
        "markdown.h2": "bold",
        "markdown.h3": "bold",
        "markdown.list": "default",
        "markdown.item.bullet": "bright_black",
        "markdown.item.number": "default",
        "markdown.table.border": "bright_black",
        "markdown.table.header": "bold",
    }
)
STYLE = Style.from_dict(
    {
        "bottom-toolbar": "noreverse",
        "live": "ansigreen",
        "away": "ansiyellow",
        "quiet": "ansibrightblack",
        "placeholder": "ansibrightblack",
    }
)


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
        self._console.print(_block(Text("The conversation is kept; `make chat` goes on with it.", "quiet")))
        return 0

    def cut(self, text: str) -> int:
        return whole_blocks(text)

    async def changed(self, chat: Chat) -> None:
        async with self._writing:
            if pieces := chat.news():
                await self._print(Group(*[await self._rendered(piece, chat) for piece in pieces]))
        if self._prompt:
            self._prompt.app.invalidate()

    async def unknown_company(self, ticker: str) -> None:
        await self.say(f"There is no company {ticker} here.")

    async def say(self, text: str) -> None:
        await self._print(_block(Text(text)))

    async def show_history(self, chat: Chat) -> None:
        ended = [turn for turn in chat.conversation.turns if turn.stage == "ended"]
        await self._print(
            _block(Rule("Earlier messages are in the web app" if chat.conversation.has_more else ""))
        )
        for turn in ended:
            await self._print(await self._whole(turn, chat))
        await self._print(_block(Rule() if ended else Text("Nothing was said yet.", "quiet")))

    async def begin(self, chat: Chat) -> None:
        await chat.open(self._new_session())
        await self._print(_block(Rule("A new conversation")))

    # Reading.

    def _make_prompt(self, chat: Chat) -> PromptSession[str]:
        keys = KeyBindings()

        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            turn = next(iter(chat.conversation.unfinished), None)
            if turn is None or turn.turn_id == self._stopping:
                event.app.exit(exception=QuitError())
            else:
                self._stopping = turn.turn_id
                event.app.create_background_task(chat.stop())

        def message() -> AnyFormattedText:
            mark = f"{words.clean(chat.ticker)} ❯" if chat.ticker else "❯"
            return ANSI(f"{self._growing}\n\x1b[1;34m{mark}\x1b[0m ")

        prompt: PromptSession[str] = PromptSession(
            message,
            placeholder=lambda: [("class:placeholder", _placeholder(chat.ticker))],
            bottom_toolbar=lambda: _state(chat),
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
            ("Tickertalk", "bold"), ("  ", ""), _colored(words.source(analysis, verdict), verdict)
        )
        lines = [title, Text(words.model(chat.conversation.model), "quiet")]
        lines.append(
            Text("/help lists the commands. Ctrl-C stops an answer, and leaves when there is none.", "quiet")
        )
        await self._print(_block(Group(*lines)))
        ended = [turn for turn in chat.conversation.turns if turn.stage == "ended"]
        if ended:
            if len(ended) > 1:
                await self._print(_block(Text(f"{len(ended) - 1} earlier: /history", "quiet")))
            await self._print(await self._whole(ended[-1], chat))

    async def _whole(self, turn: Turn, chat: Chat) -> RenderableType:
        pieces: list[Piece] = [Asked(turn, moved=False), Said(turn.text, first=True), Ended(turn)]
        return Group(*[await self._rendered(piece, chat) for piece in pieces])

    async def _rendered(self, piece: Piece, chat: Chat) -> RenderableType:
        match piece:
            case Asked(turn, moved):
                asked = _block(Text.assemble(("❯ ", "mark"), (words.clean(turn.question), "bold")))
                if not moved:
                    return asked
                return Group(
                    _block(Rule(f"Now viewing {turn.ticker}" if turn.ticker else "No company in view")), asked
                )
            case Said(text):
                return _answer(text)
            case Restarted():
                return _block(Text(words.RESTARTED, "notice"))
            case Ended(turn):
                verdict = await chat.analyses.verdict(turn.context)
                end = Text("  ").append(words.ending(turn), "notice") if words.ending(turn) else Text()
                source = _colored(words.source(turn.context, verdict), verdict)
                return _block(Text.assemble(source, end), indent=INDENT)

    async def _print(self, renderable: RenderableType) -> None:
        await run_in_terminal(lambda: self._console.print(renderable, width=self._width))

    def _grow(self, chat: Chat) -> None:
        """Draw what is still changing: the paragraph being written, and what waits behind it."""
        parts: list[RenderableType] = []
        for number, turn in enumerate(chat.conversation.unfinished):
            progress = Text(words.progress(turn, time.time()), "quiet")
            if number > 0 or turn.stage == "sending":
                question = Text(
                    words.clean(turn.question).replace("\n", " "), no_wrap=True, overflow="ellipsis"
                )
                question.truncate(max(20, self._width - 30), overflow="ellipsis")
                parts.append(_block(Text.assemble(("❯ ", "mark"), question, "  ", progress)))
            elif rest := chat.rest(turn):
                parts.append(_answer(rest))
            else:
                parts.append(_block(progress, indent=INDENT))
        with self._console.capture() as capture:
            self._console.print(Group(*parts), width=self._width, end="")
        rows = capture.get().split("\n")
        self._growing = "\n".join(rows[-max(3, self._console.height - ROOM_BELOW) :])

    @property
    def _width(self) -> int:
        return min(WIDTH, self._console.width)


def _block(content: RenderableType, *, indent: int = 0) -> Padding:
    """With the empty line that stands before everything."""
    return Padding(content, (1, 0, 0, indent))


def _answer(text: str) -> Padding:
    return _block(Answer(text), indent=INDENT)


class _Heading(Heading):
    LEVEL_ALIGN = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _Markdown(Markdown):
    elements: ClassVar = {**Markdown.elements, "heading_open": _Heading}


class Answer:
    """A piece of an answer, without the empty lines that Markdown puts around some of its blocks."""

    def __init__(self, text: str) -> None:
        self._markdown = _Markdown(words.clean(text).strip(), hyperlinks=False)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._markdown, options, pad=False)
        filled = [at for at, line in enumerate(lines) if "".join(segment.text for segment in line).strip()]
        for line in lines[filled[0] : filled[-1] + 1] if filled else []:
            yield from line
            yield Segment.line()


def _colored(source: str, verdict: Verdict | None) -> Text:
    text = Text(source, "quiet")
    if verdict:
        text.highlight_words([str(verdict)], verdict.rating)
    return text


def _placeholder(ticker: str | None) -> str:
    return f"Ask about {ticker}" if ticker else "Ask, or name a company first: /ticker KO"


def _state(chat: Chat) -> AnyFormattedText:
    """The last line: is it alive, what is in view, which model answers."""
    live = chat.state == "live"
    context = chat.conversation.context
    said = [
        words.source(context, chat.analyses.verdict_now(context)) or "No company in view",
        words.model_name(chat.conversation.model),
    ]
    dot = ("class:live", "● ") if live else ("class:away", "○ ")
    return [
        dot,
        ("", words.CONNECTION[chat.state]),
        ("class:quiet", f"  {'  ·  '.join(said) if live else ''}"),
    ]
