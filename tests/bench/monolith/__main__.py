"""`python -m tests.bench.monolith`: the user's stories in one FastAPI process, written as well as they allow.

No queue, no worker, no second copy of anything: a socket's loop saves the question, streams the graph's events
to the socket and saves the answer. It prints `monolith ready` when it serves.
"""

import asyncio
import os

import asyncpg
import uvicorn
import uvloop
from fastapi import FastAPI
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from agent_worker.model.chat_model import DEFAULT_MODEL
from tests.bench.monolith.routes.chat_routes import chat_router
from tests.bench.monolith.workflows.chat_graph import build_chat_graph


async def serve() -> None:
    """Serve until SIGTERM."""
    llm = ChatGoogleGenerativeAI(
        model=DEFAULT_MODEL,
        google_api_key=SecretStr(os.environ["GOOGLE_API_KEY"]),
        base_url=os.environ["GEMINI_BASE_URL"],
        streaming=True,
        max_retries=1,
        thinking_level="low",
    )
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=10) as pool:
        app = FastAPI()
        app.include_router(
            chat_router(pool, build_chat_graph(pool, llm), jwt_secret=os.environ["JWT_SECRET"])
        )
        config = uvicorn.Config(
            app, port=int(os.environ["PORT"]), ws="websockets-sansio", log_level="warning", access_log=False
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        print("monolith ready", flush=True)
        await serving


if __name__ == "__main__":
    uvloop.run(serve())
