"""The floor: what a chunk costs that is only passed on. No users, no storage, no order, no resume.

`read` takes questions off Redis, reads the model's events and publishes each text; `serve` is a plain WebSocket
server that asks and passes on. Two processes with Redis between, as the product has.
"""

import asyncio
import os
import sys
from typing import Any

import aiohttp
import msgspec
import uvloop
from redis.asyncio import Redis
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.asyncio.server import serve as websocket_server

from agent_worker.workflows.prompts import INSTRUCTIONS
from shared.redis_client import open_redis

QUESTIONS, ANSWERS = "pipe:questions", "pipe:answers:"


async def read(client: Redis) -> None:
    """The model's side."""
    url = f"{os.environ['GEMINI_BASE_URL']}/v1beta/models/pipe:streamGenerateContent?alt=sse"
    answering: set[asyncio.Task[None]] = set()
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        client.pubsub() as asked,
    ):
        await asked.subscribe(QUESTIONS)
        print("pipe ready", flush=True)
        async for message in asked.listen():
            if message["type"] == "message":
                session, _, question = message["data"].decode().partition(" ")
                task = asyncio.create_task(answer(client, http, url, session, question))
                answering.add(task)
                task.add_done_callback(answering.discard)


async def answer(client: Redis, http: aiohttp.ClientSession, url: str, session: str, question: str) -> None:
    """One question's answer, event by event."""
    body = {
        "systemInstruction": {"parts": [{"text": INSTRUCTIONS}]},
        "contents": [{"role": "user", "parts": [{"text": question}]}],
    }
    async with http.post(url, json=body, headers={"x-goog-api-key": "pipe"}) as response:
        async for line in response.content:
            if line.startswith(b"data: "):
                text = msgspec.json.decode(line[6:])["candidates"][0]["content"]["parts"][0]["text"]
                await client.publish(ANSWERS + session, frame("ai_chunk", content=text))
    await client.publish(ANSWERS + session, frame("ai_complete", full_message=""))


async def serve(client: Redis) -> None:
    """The sockets' side."""
    sockets: dict[bytes, ServerConnection] = {}

    async def converse(socket: ServerConnection) -> None:
        assert socket.request is not None
        session = socket.request.path.partition("?")[0].rpartition("/")[2]
        sockets[session.encode()] = socket
        try:
            async for message in socket:
                question = msgspec.json.decode(message)["content"]
                await client.publish(QUESTIONS, f"{session} {question}")
        finally:
            del sockets[session.encode()]

    port = int(os.environ["PORT"])
    async with client.pubsub() as answers, websocket_server(converse, "127.0.0.1", port, compression=None):
        await answers.psubscribe(ANSWERS + "*")
        print("pipe ready", flush=True)
        async for message in answers.listen():
            if message["type"] == "pmessage":
                socket = sockets.get(message["channel"].removeprefix(ANSWERS.encode()))
                if socket is not None:
                    broadcast([socket], message["data"].decode())  # skips a socket that just went away


def frame(kind: str, **fields: Any) -> bytes:
    return msgspec.json.encode({"type": kind, **fields})


async def main(role: str) -> None:
    async with open_redis(os.environ["REDIS_URL"], name=f"pipe-{role}", timeout=30.0) as client:
        await (read if role == "read" else serve)(client)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
