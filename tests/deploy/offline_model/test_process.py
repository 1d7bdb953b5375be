"""The offline model as a process: one ready line, an address, and an end when told."""

import asyncio
import os
import signal
import socket
import sys

import aiohttp
import pytest

MODULE = "deploy.offline_model"


async def start(**env: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", MODULE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"], **env},
    )  # fmt: skip


async def test_it_says_where_it_is_answers_and_ends() -> None:
    process = await start()
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    assert line.startswith("Offline model ready at http://127.0.0.1:")
    url = f"{line.split()[-1]}/v1beta/models/offline:generateContent"
    asked = {"contents": [{"role": "user", "parts": [{"text": "Why?"}]}]}
    async with aiohttp.ClientSession() as http, http.post(url, json=asked) as response:
        assert (await response.json())["candidates"][0]["finishReason"] == "STOP"
    process.send_signal(signal.SIGTERM)
    rest, complaints = await process.communicate()
    assert (process.returncode, rest, complaints) == (0, b"", b"")


@pytest.mark.parametrize("port", ["eighty", "65536", "-1", "taken"])
async def test_a_port_it_cannot_have_is_one_clear_line(port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1]) if port == "taken" else port
        process = await start(PORT=number)
        _, complaints = await process.communicate()
    assert process.returncode == 2
    assert complaints.startswith((b"offline_model: PORT", b"offline_model: HOST, PORT"))
    assert len(complaints.splitlines()) == 1


async def test_it_listens_where_it_is_told() -> None:
    """On every address, as in a container; by itself on the loopback address only."""
    for host, elsewhere in (("0.0.0.0", True), ("", False)):
        process = await start(HOST=host)
        assert process.stdout is not None
        port = int((await process.stdout.readline()).decode().rpartition(":")[2])
        with socket.socket() as caller:
            assert (caller.connect_ex(("127.0.0.2", port)) == 0) == elsewhere
        process.send_signal(signal.SIGTERM)
        await process.communicate()


async def test_a_host_that_is_none_is_one_clear_line() -> None:
    process = await start(HOST="no.such.host.invalid")
    _, complaints = await process.communicate()
    assert process.returncode == 2
    assert complaints.startswith(b"offline_model: HOST")
    assert len(complaints.splitlines()) == 1
