"""`python -m deploy.offline_model`: serve on 127.0.0.1 at PORT (0 takes a free one) until SIGTERM or SIGINT."""

import asyncio
import os
import signal
import sys

from deploy.offline_model.server import OfflineModelServer

HIGHEST_PORT = 65_535


def main() -> int:
    """0 after a signal, 1 with one clear line when it cannot start."""
    text = os.environ.get("PORT", "0")
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        print(f"PORT is {text!r}; it must be a number from 0 to {HIGHEST_PORT}", file=sys.stderr)
        return 1
    try:
        asyncio.run(serve(int(text)))
    except OSError as error:
        print(f"Offline model: cannot listen on port {text}: {error}", file=sys.stderr)
        return 1
    return 0


async def serve(port: int) -> None:
    """Print where it listens, once it does, and stop at the first signal."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with OfflineModelServer(port=port) as server:
        print(f"Offline model ready at {server.url}", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
