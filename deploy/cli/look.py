"""How finished text looks in a terminal, whatever its colours: only names of colours, so that dark and light both work."""

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import Heading, Markdown
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from deploy.cli import words
from deploy.cli.analyses import Verdict

INDENT = 2
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


def block(content: RenderableType, *, indent: int = 0) -> Padding:
    """With the empty line that stands before everything."""
    return Padding(content, (1, 0, 0, indent))


def answer(text: str) -> Padding:
    return block(Answer(text), indent=INDENT)


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


def colored_source(source: str, verdict: Verdict | None) -> Text:
    text = Text(source, "quiet")
    if verdict:
        text.highlight_words([str(verdict)], verdict.rating)
    return text
