"""What a person types: a question, or a command that begins with a slash."""

from typing import Protocol

from deploy.cli import words
from deploy.cli.chat import Chat
from deploy.cli.checked import words as checked
from deploy.cli.clean import clean
from deploy.client.turn import Turn

COMMANDS = ("/ticker", "/stop", "/sources", "/history", "/new", "/help", "/quit")


class Listener(Protocol):
    """Who shows what a command answers."""

    async def say(self, text: str) -> None:
        """Show a line."""
        ...

    async def show_history(self, chat: Chat) -> None:
        """Show the turns so far."""
        ...

    async def show_sources(self, answer: Turn) -> None:
        """Show the figures of an answer and where each stands."""
        ...

    async def begin(self, chat: Chat) -> None:
        """Open a new conversation."""
        ...


class QuitError(Exception):
    """The person leaves."""


async def obey(line: str, chat: Chat, listener: Listener) -> Turn | None:
    """Do what one line says; the turn, if it was a question. Raises `QuitError`."""
    text = clean(line).strip()
    if not text:
        return None
    if not text.startswith("/"):
        return await _ask(text, chat, listener)
    command, _, rest = text.partition(" ")
    match command:
        case "/ticker":
            await chat.view(rest.strip().upper() or None)
        case "/stop":
            await chat.stop()
        case "/sources":
            await _show_sources(chat, listener)
        case "/history":
            await listener.show_history(chat)
        case "/new":
            await listener.begin(chat)
        case "/help":
            await listener.say(words.HELP)
        case "/quit" | "/exit" | "/q":
            raise QuitError
        case _:
            await listener.say(f"There is no command {command}. /help lists them.")
    return None


async def _show_sources(chat: Chat, listener: Listener) -> None:
    answer = chat.conversation.last_answer
    if answer is None:
        await listener.say(checked.NOTHING_ANSWERED)
    elif not answer.figures:
        await listener.say(checked.NO_FIGURES)
    else:
        await listener.show_sources(answer)


async def _ask(question: str, chat: Chat, listener: Listener) -> Turn | None:
    limit = chat.conversation.content_chars
    if len(question) > limit:
        await listener.say(words.too_long(len(question), limit))
        return None
    return await chat.ask(question)
