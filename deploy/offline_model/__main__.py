"""`python -m deploy.offline_model`: the offline model as a process, on HOST (127.0.0.1) and PORT.

Prints one line when it listens; SIGTERM and Ctrl-C end it. Without PORT, or with 0, it takes a free one.
"""

import asyncio
import os
import signal
import sys

from deploy.offline_model.server import LOOPBACK, OfflineModelServer


def main() -> None:
    """Serve until told to stop; every way not to start is one clear line and exit code 2."""
    port = os.environ.get("PORT") or "0"
    if not (port.isdecimal() and int(port) < 65536):
        sys.exit(_stopped("PORT: expected a number from 0 to 65535."))
    host = os.environ.get("HOST") or LOOPBACK
    try:
        asyncio.run(_serve(host, int(port)))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        sys.exit(_stopped(f"HOST, PORT: cannot listen on {host}, port {port} ({reason})."))


async def _serve(host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with OfflineModelServer(host=host, port=port) as server:
        print(f"Offline model ready at {server.url}", flush=True)
        await stop.wait()


def _stopped(line: str) -> int:
    sys.stderr.write(f"offline_model: {line}\n")
    return 2


if __name__ == "__main__":
    main()
