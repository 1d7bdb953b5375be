"""`python -m tests.support.web_stack`: the whole system for a browser's tests, with a handle to break it.

Prints one line of JSON when ready: `{"url", "control", "gemini"}`; runs until its input ends, so that it cannot
outlive the test run that started it. `--offline` answers with the offline model instead of the scripted Gemini;
`--origin` names pages of other origins that may embed the chat.

    POST control/gateway/{kill,stop,start,restart}     POST control/worker/{kill,start,pause,resume}
    POST control/token {"user": "alice", "ttl": 60} -> {"token"}
    POST control/import [{"ticker": "KO", …}]     as `make import` does; 400 with the problems if it refuses
The scripted Gemini is driven at its own address: see tests/fakes/gemini_server.py.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from deploy.imports.__main__ import import_text
from deploy.imports.announce import announce
from deploy.sample.__main__ import load
from deploy.sample.analyses import make_analyses
from deploy.sample.figures import read_figures
from tests.support.chat_client import token
from tests.support.stack import Process, Stack

# Short, so that a killed worker's turn is taken over while somebody watches; longer than a busy machine stands still.
LEASE_SECONDS = "8"
# A held answer is no stalled one, however long the browser takes to look at it.
PATIENT = {"MODEL_FIRST_TOKEN_TIMEOUT": "600", "MODEL_IDLE_TIMEOUT": "600"}
MANY = "100000"


async def main(*, offline: bool, origins: Sequence[str] = ()) -> None:
    """Start everything, say where it is, and wait for the end of the input."""
    with tempfile.TemporaryDirectory(prefix="tickertalk-web-") as folder:
        stack = Stack(
            Path(folder),
            env={"TURN_LEASE_SECONDS": LEASE_SECONDS, "MESSAGE_RATE": MANY, "APP_ENV": "development"},
            gateway_env={
                "MAX_SOCKETS_PER_USER": MANY,
                "MAX_SOCKETS_PER_ADDRESS": MANY,
                **({"ALLOWED_ORIGINS": ",".join(origins)} if origins else {}),
            },
            worker_env=PATIENT,
            offline=offline,
        )
        async with stack:
            figures = read_figures()
            await load(stack.database_url, figures, make_analyses(figures))
            runner = web.AppRunner(control_app(stack), access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            control = f"http://127.0.0.1:{runner.addresses[0][1]}"
            print(json.dumps({"url": stack.url, "control": control, "gemini": stack.gemini.url}), flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
            await runner.cleanup()


def control_app(stack: Stack) -> web.Application:
    """The handle: what may befall the gateway and the worker."""

    async def act(request: web.Request) -> web.Response:
        process = stack.gateways[0] if request.match_info["part"] == "gateway" else stack.workers[0]
        await befall(process, request.match_info["what"])
        return web.json_response({})

    async def issue(request: web.Request) -> web.Response:
        wanted = await request.json()
        return web.json_response({"token": token(wanted["user"], ttl=wanted.get("ttl", 3600))})

    async def import_rows(request: web.Request) -> web.Response:
        outcome = await import_text(stack.database_url, await request.text())
        if outcome.problems:
            return web.Response(status=400, text=str(outcome.problems))
        untold = await announce(
            stack.redis_url, [(put.ticker, put.as_of) for put in outcome.put if put.changed]
        )
        return web.Response(status=500, text=untold) if untold else web.json_response({})

    app = web.Application()
    app.router.add_post("/{part:gateway|worker}/{what:kill|stop|start|restart|pause|resume}", act)
    app.router.add_post("/token", issue)
    app.router.add_post("/import", import_rows)
    return app


async def befall(process: Process, what: str) -> None:
    """Do one of the named things to a process, and return when it is done."""
    match what:
        case "kill":
            await process.kill()
        case "stop":
            await process.stop()
        case "start":
            await process.start()
        case "restart":
            await process.restart()
        case "pause":
            process.pause()
        case "resume":
            process.resume()


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m tests.support.web_stack", description=__doc__)
    options.add_argument("--offline", action="store_true", help="answer with the offline model")
    options.add_argument(
        "--origin", action="append", default=[], help="a page elsewhere that embeds the chat"
    )
    given = options.parse_args()
    asyncio.run(main(offline=given.offline, origins=given.origin))
