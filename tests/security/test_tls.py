"""rediss:// and sslmode=verify-full: both services answer over TLS, and trust no stranger's certificate."""

import asyncio
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploy.local.valkey import Valkey
from tests.security.tls_front import Authority, tls_front
from tests.support.chat_client import SECRET
from tests.support.stack import ROOT, Stack


def moved(url: str, port: int, *, scheme: str, query: str) -> str:
    """`url` at another port of this machine."""
    parts = urlsplit(url)
    who = parts.netloc.rpartition("@")[0]
    return parts._replace(scheme=scheme, netloc=f"{who}@127.0.0.1:{port}".lstrip("@"), query=query).geturl()


async def test_the_river_flows_over_tls(database_url: str, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    context = authority.context("127.0.0.1")
    port = urlsplit(database_url).port or 0
    valkey = Valkey(tmp_path / "stack" / "valkey")
    async with (
        tls_front(port, context, postgres=True) as postgres_port,
        tls_front(valkey.port, context) as redis_port,
    ):
        env = {
            "DATABASE_URL": moved(
                database_url,
                postgres_port,
                scheme="postgresql",
                query=f"sslmode=verify-full&sslrootcert={authority.pem}",
            ),
            "REDIS_URL": moved(
                valkey.url, redis_port, scheme="rediss", query=f"ssl_ca_certs={authority.pem}"
            ),
        }
        stack = Stack(tmp_path / "stack", database_url=database_url, env=env)
        stack.valkey = valkey
        async with stack:
            client = await stack.full("alice")
            turn = await client.collect_turn(await client.ask("Over TLS?"))
            assert turn.ending["type"] == "ai_complete"
            [row] = await stack.fetch("select count(*) from chat_messages")
            assert row["count"] == 2


@pytest.mark.parametrize("server", ["postgres", "redis"])
@pytest.mark.parametrize(
    ("package", "wrong"), [("gateway", "a stranger's CA"), ("agent_worker", "another host's certificate")]
)
async def test_a_certificate_that_is_not_the_servers_is_refused(
    package: str, server: str, wrong: str, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    authority, stranger = Authority(tmp_path), Authority(tmp_path, "a stranger")
    context = stranger.context("127.0.0.1") if "CA" in wrong else authority.context("db.example.com")
    is_postgres = server == "postgres"
    env = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    behind = urlsplit(database_url if is_postgres else redis_url).port or 0
    async with tls_front(behind, context, postgres=is_postgres) as port:
        if is_postgres:
            query = f"sslmode=verify-full&sslrootcert={authority.pem}"
            env["DATABASE_URL"] = moved(database_url, port, scheme="postgresql", query=query)
        else:
            env["REDIS_URL"] = moved(redis_url, port, scheme="rediss", query=f"ssl_ca_certs={authority.pem}")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", package, cwd=ROOT, stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "JWT_SECRET": SECRET, "GATEWAY_PORT": "0", "GOOGLE_API_KEY": "test", **env},
        )  # fmt: skip
        async with asyncio.timeout(60):
            _, written = await process.communicate()
    assert process.returncode == 2, written.decode()
    last = written.decode().splitlines()[-1]
    assert ("DATABASE_URL" if is_postgres else "REDIS_URL") in last
    says = {"a stranger's CA": "sslrootcert does not vouch for", "another host's certificate": wrong}
    assert (says[wrong] if is_postgres else "cannot be used") in last
