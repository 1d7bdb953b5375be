"""`python -m deploy.cli chat | tail | token | import`: hands on the running system without a browser."""

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from redis.exceptions import RedisError
from rich.console import Console

from deploy.cli.chat import Chat
from deploy.cli.look import THEME
from deploy.cli.plain import INTERRUPTED, PATIENCE, Plain
from deploy.cli.tail import follow, list_sessions
from deploy.cli.target import Target, TargetError
from deploy.cli.terminal import Terminal
from deploy.client.connection import EndedError
from deploy.local.data_folder import DataFolder


def main() -> int:
    """Run one command; every way not to is one clear line."""
    options = read_options(sys.argv[1:], os.environ)
    target = Target(os.environ, DataFolder())
    try:
        match options.command:
            case "chat":
                return asyncio.run(chat(options, target))
            case "tail":
                asyncio.run(tail(options, target))
            case "token":
                print(target.sign_token(options.user))
            case "import":
                return import_file(options.file, target)
    except (TargetError, EndedError) as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> argparse.Namespace:
    """The command line; what it leaves out comes from TICKER, USER, SESSION and FILE, as make hands them on."""
    parser = argparse.ArgumentParser(prog="python -m deploy.cli", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    user = argparse.ArgumentParser(add_help=False)
    user.add_argument("--user", default=environment.get("USER") or "demo", help="who asks")
    session = argparse.ArgumentParser(add_help=False)
    session.add_argument(
        "--session", type=UUID, default=environment.get("SESSION") or None, help="the conversation's UUID"
    )
    chat = commands.add_parser("chat", parents=[user, session], help="chat in the terminal")
    chat.add_argument("--ticker", default=environment.get("TICKER") or None, help="the company in view")
    chat.add_argument("--new", action="store_true", help="begin a new conversation")
    chat.add_argument("--url", help="the gateway's address; default: the system that `make run` runs")
    chat.add_argument("--token", default=environment.get("TOKEN") or None, help="default: one signed here")
    commands.add_parser("tail", parents=[user, session], help="follow a session's events")
    commands.add_parser("token", parents=[user], help="print a token")
    imported = commands.add_parser("import", help="import analyses of your own")
    imported.add_argument("file", nargs="?", default=environment.get("FILE") or None)
    return parser.parse_args(arguments)


async def chat(options: argparse.Namespace, target: Target) -> int:
    """Chat in the terminal, or over pipes."""

    def new_session() -> UUID:
        session = uuid4()
        target.remember_session(options.user, session)
        return session

    def sign() -> str:
        return options.token or target.sign_token(options.user)

    session: UUID = (
        options.session or (None if options.new else target.last_session(options.user)) or new_session()
    )
    interactive = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    front = Terminal(new_session) if interactive else Plain(new_session)
    talk = Chat(
        options.url or target.gateway_url,
        front,
        sign=sign,
        ticker=options.ticker.strip().upper() if options.ticker else None,
        patience=None if interactive else PATIENCE,
    )
    try:
        return await front.run(talk, session)
    finally:
        await talk.close()


async def tail(options: argparse.Namespace, target: Target) -> None:
    """Follow the events of a session, or list the sessions."""
    console = Console(theme=THEME, highlight=False)
    try:
        if options.session:
            await follow(target.redis_url, options.session, options.user, console)
        else:
            await list_sessions(target.redis_url, console)
    except RedisError as error:
        raise TargetError(f"Redis does not answer: {error}") from None


def import_file(file: str | None, target: Target) -> int:
    """Import analyses into the running system's database."""
    if not file:
        raise TargetError("Name the file: make import FILE=analyses.json")
    environment = {**os.environ, "DATABASE_URL": target.database_url, "REDIS_URL": target.import_redis_url}
    command = [sys.executable, "-m", "deploy.imports", file]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
