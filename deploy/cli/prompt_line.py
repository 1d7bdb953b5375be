"""What stands around the prompt: its colours, the words in the empty line, the state in the last one."""

from prompt_toolkit.formatted_text import AnyFormattedText
from prompt_toolkit.styles import Style

from deploy.cli import words
from deploy.cli.chat import Chat

STYLE = Style.from_dict(
    {
        "bottom-toolbar": "noreverse",
        "live": "ansigreen",
        "away": "ansiyellow",
        "quiet": "ansibrightblack",
        "placeholder": "ansibrightblack",
    }
)


def placeholder(ticker: str | None) -> str:
    """The words in the empty line."""
    return f"Ask about {ticker}" if ticker else "Ask, or name a company first: /ticker KO"


def state(chat: Chat) -> AnyFormattedText:
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
