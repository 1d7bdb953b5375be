"""How finished text looks in a terminal, whatever its colours: only names of colours, so that dark and light both work."""

import re
from collections.abc import Iterator
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import Heading, Markdown
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from deploy.cli.analyses import Verdict
from deploy.cli.checked.marks import DERIVED, FLAGGED, with_marks
from deploy.cli.clean import clean
from deploy.cli.transcript import Said

SIGNS = {FLAGGED: "\ue0f1", DERIVED: "\ue0f2"}
"""How a mark travels through Markdown, to which "!" may mean an image: as a character for private use."""
FORGED = dict.fromkeys(map(ord, SIGNS.values()), "\ufffd")
COLORS = {FLAGGED: "notice", DERIVED: "quiet"}
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


def answer(said: Said) -> Padding:
    return block(Answer(said), indent=INDENT)


class _Heading(Heading):
    LEVEL_ALIGN = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _Markdown(Markdown):
    elements: ClassVar = {**Markdown.elements, "heading_open": _Heading}


class Answer:
    """A piece of an answer, without the empty lines that Markdown puts around some of its blocks."""

    def __init__(self, said: Said) -> None:
        text = with_marks(said.text.translate(FORGED), said.marks, SIGNS)
        self._markdown = _Markdown(clean(text).strip(), hyperlinks=False)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._markdown, options, pad=False)
        filled = [at for at, line in enumerate(lines) if "".join(segment.text for segment in line).strip()]
        for line in lines[filled[0] : filled[-1] + 1] if filled else []:
            for segment in line:
                yield from _with_marks_shown(segment, console)
            yield Segment.line()


def _with_marks_shown(segment: Segment, console: Console) -> Iterator[Segment]:
    text, style, control = segment
    for part in re.split(f"([{''.join(SIGNS.values())}])", text):
        shown = next((mark for mark, travels in SIGNS.items() if travels == part), None)
        if shown:
            yield Segment(shown, console.get_style(COLORS[shown]), control)
        elif part:
            yield Segment(part, style, control)


def colored_source(source: str, verdict: Verdict | None) -> Text:
    text = Text(source, "quiet")
    if verdict:
        text.highlight_words([str(verdict)], verdict.rating)
    return text
