"""`python -m tests.security.planted PACKAGE`: a service that trips, with everything it knows in the exception.

Where it trips is said by the question, so that one process can be tripped everywhere.
"""

import asyncio
import logging
import os
import runpy
import sys
import warnings
from typing import Any

SECRETS = ("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "GOOGLE_API_KEY")


class PlantedError(Exception):
    """Its text is what must be seen nowhere."""


def everything(content: str) -> str:
    """All secrets of this process, and what a user asked."""
    known = " ".join(f"{name}={os.environ.get(name, '')}" for name in SECRETS)
    return f"could not connect: {known}; question: {content}; Authorization: Bearer {os.environ['PLANTED_TOKEN']}"


def trip_gateway() -> None:
    """Accepting a question that says so fails; and libraries talk."""
    from gateway.store.conversations import Conversations

    accept = Conversations.accept

    async def tripping(self: Conversations, session: Any, question: Any) -> Any:
        if "gateway" in question.content:
            chatter(question.content)
            raise PlantedError(everything(question.content))
        return await accept(self, session, question)

    Conversations.accept = tripping  # type: ignore[method-assign]


def trip_worker() -> None:
    """The graph fails, the store fails, or a task that nobody awaits does."""
    from agent_worker.workflows.chat_graph import ChatGraph

    answer = ChatGraph.answer

    async def tripping(self: ChatGraph, question: Any, emit: Any) -> Any:
        if "graph" in question.content:
            chatter(question.content)
            try:
                raise PlantedError(everything(question.content))
            except PlantedError as error:
                raise ExceptionGroup(everything(question.content), [ValueError(str(error))]) from error
        return await answer(self, question, emit)

    ChatGraph.answer = tripping  # type: ignore[method-assign]


def chatter(content: str) -> None:
    """What libraries do with what they are given."""
    for name in ("google_genai.models", "httpx", "aiohttp.server", "asyncpg", "uvicorn.error"):
        library = logging.getLogger(name)
        library.debug("sending %s", everything(content))
        library.info("AFC is enabled with max remote calls: 10.")
        library.warning("cannot use %s", everything(content))
        try:
            raise PlantedError(everything(content))
        except PlantedError:
            library.exception("failed\n%s", content)
    task = asyncio.get_running_loop().create_task(forgotten(content))
    task.add_done_callback(lambda _: None)
    warnings.warn("a library warns", stacklevel=1)


async def forgotten(content: str) -> None:
    raise PlantedError(everything(content))


if __name__ == "__main__":
    package = sys.argv.pop(1)
    trip_gateway() if package == "gateway" else trip_worker()
    if os.environ.get("PLANTED_CRASH") == package:
        from shared.logs import configure_logs

        configure_logs(package, level="DEBUG", log_format="json", secrets=())
        raise PlantedError(everything("at the start"))
    runpy.run_module(package, run_name="__main__", alter_sys=True)
