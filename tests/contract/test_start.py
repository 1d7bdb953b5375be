"""Every way not to start is one clear line and exit code 2."""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deploy.local.postgres import Postgres
from deploy.local.valkey import Valkey
from shared.db.migrate import migration_files
from tests.security.least_privilege import as_service, put_services
from tests.support.chat_client import SECRET

ROOT = Path(__file__).parents[2]
PUBLIC = (
    rsa.generate_private_key(65537, 2048)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
GOOD = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1",
    "JWT_SECRET": SECRET,
    "GATEWAY_PORT": "0",
    "GOOGLE_API_KEY": "none",
}
BAD = {
    "no database": ({"DATABASE_URL": ""}, "DATABASE_URL"),
    "another database": ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    "no redis": ({"REDIS_URL": ""}, "REDIS_URL"),
    "another redis": ({"REDIS_URL": "http://x"}, "REDIS_URL"),
    "a redis port that is none": ({"REDIS_URL": "redis://h:abc/0"}, "REDIS_URL"),
    "a database port that is none": ({"DATABASE_URL": "postgresql://u:p@h:abc/x"}, "DATABASE_URL"),
    "a database host that is none": ({"DATABASE_URL": "postgresql://[::1/x"}, "DATABASE_URL"),
    "a port that is none": ({"GATEWAY_PORT": "http"}, "GATEWAY_PORT"),
    "a port too high": ({"GATEWAY_PORT": "70000"}, "GATEWAY_PORT"),
    "a host that is none": ({"GATEWAY_HOST": "no.such.host.invalid"}, "GATEWAY_HOST"),
    "a short secret": ({"JWT_SECRET": "x" * 31}, "JWT_SECRET"),
    "no key": ({"JWT_SECRET": ""}, "JWT_SECRET"),
    "two keys": ({"JWT_PUBLIC_KEY": PUBLIC}, "JWT_PUBLIC_KEY"),
    "mixed families": ({"JWT_ALGORITHMS": "HS256,RS256"}, "JWT_ALGORITHMS"),
    "an algorithm of another family": ({"JWT_ALGORITHMS": "RS256"}, "JWT_ALGORITHMS"),
    "none": ({"JWT_ALGORITHMS": "none"}, "JWT_ALGORITHMS"),
    "HS256 with a public key": (
        {"JWT_SECRET": "", "JWT_PUBLIC_KEY": PUBLIC, "JWT_ALGORITHMS": "HS256"},
        "JWT_ALGORITHMS",
    ),
    "a key that is none": ({"JWT_SECRET": "", "JWT_PUBLIC_KEY": "key"}, "JWT_PUBLIC_KEY"),
    "a JWKS file": ({"JWT_SECRET": "", "JWT_JWKS_URL": "file:///etc/passwd"}, "JWT_JWKS_URL"),
    "a secret's algorithm for a JWKS": (
        {"JWT_SECRET": "", "JWT_JWKS_URL": "http://127.0.0.1:1/", "JWT_ALGORITHMS": "HS256"},
        "JWT_ALGORITHMS",
    ),
    "a secret's algorithm beside others": (
        {"JWT_SECRET": "", "JWT_JWKS_URL": "http://127.0.0.1:1/", "JWT_ALGORITHMS": "RS256,HS256"},
        "never a secret beside public keys",
    ),
    "no origins in production": ({"APP_ENV": "production"}, "ALLOWED_ORIGINS"),
    "no origin between commas": ({"APP_ENV": "production", "ALLOWED_ORIGINS": ","}, "ALLOWED_ORIGINS"),
    "an origin with a path": ({"ALLOWED_ORIGINS": "https://a.example/path"}, "ALLOWED_ORIGINS"),
    "origins that are none": ({"ALLOWED_ORIGINS": "*"}, "ALLOWED_ORIGINS"),
    "a limit of zero": ({"MESSAGE_RATE": "0"}, "MESSAGE_RATE"),
    "a log level": ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    "postgres away": ({}, "DATABASE_URL"),
    "certificates checked against none": (
        {"DATABASE_URL": "postgresql://u@127.0.0.1:1/x?sslmode=verify-full"},
        "sslrootcert=FILE",
    ),
    "certificates that are not there": (
        {"DATABASE_URL": "postgresql://u@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/no.pem"},
        "DATABASE_URL",
    ),
    "an sslmode that is none": (
        {"DATABASE_URL": "postgresql://u@127.0.0.1:1/x?sslmode=on"},
        "sslmode is one of",
    ),
}


async def start(env: dict[str, str], service: str = "gateway") -> tuple[int, str]:
    """Run a service to its end; exit code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", service, cwd=ROOT, stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"], **env},
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            _, written = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return process.returncode, written.decode()


@pytest.mark.parametrize(("env", "named"), BAD.values(), ids=BAD.keys())
async def test_a_bad_setting_is_named_in_one_line(env: dict[str, str], named: str) -> None:
    code, written = await start({**GOOD, **env})
    assert code == 2
    assert len(written.splitlines()) == 1, written
    assert written.startswith("gateway: ")
    assert named in written
    assert SECRET not in written


async def test_redis_away(database_url: str) -> None:
    code, written = await start({**GOOD, "DATABASE_URL": database_url})
    assert (code, len(written.splitlines())) == (2, 1)
    assert "REDIS_URL" in written


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"GEMINI_BASE_URL": "notaurl"}, "GEMINI_BASE_URL"),
        ({"REDIS_URL": "redis://h:abc/0"}, "REDIS_URL"),
        ({"TURN_LEASE_SECONDS": "0"}, "TURN_LEASE_SECONDS"),
        ({"GOOGLE_API_KEY": ""}, "GOOGLE_API_KEY"),
        ({"MODEL": "openai:gpt-9"}, "langchain"),
        ({"MODEL": "langchain:nowhere:model"}, "langchain:nowhere:model"),
        (
            {"GOOGLE_API_KEY": "", "GEMINI_BASE_URL": "http://127.0.0.1:1", "APP_ENV": "production"},
            "GOOGLE_API_KEY",
        ),
    ],
)
async def test_so_it_is_with_a_worker(
    database_url: str, redis_url: str, env: dict[str, str], named: str
) -> None:
    good = {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
    code, written = await start({**good, **env}, "agent_worker")
    assert (code, len(written.splitlines())) == (2, 1), written
    assert written.startswith("agent_worker: ")
    assert named in written


@pytest.mark.parametrize("service", ["gateway", "agent_worker"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("rediss://:word@127.0.0.1:1?ssl_ca_cert=ca.pem", "no option ssl_ca_cert"),
        ("redis://:word@127.0.0.1:1?socket_keepalive_options=x&tiemout=1", "no option"),
        ("redis://:word@127.0.0.1:1?socket_read_size=word", "socket_read_size"),
        ("rediss://:word@127.0.0.1:1?ssl_cert_reqs=perhaps", "REDIS_URL"),
    ],
)
async def test_a_misspelt_option_of_redis(database_url: str, service: str, address: str, said: str) -> None:
    code, written = await start({**GOOD, "DATABASE_URL": database_url, "REDIS_URL": address}, service)
    assert (code, len(written.splitlines())) == (2, 1), written
    assert "REDIS_URL" in written
    assert said in written
    assert "word" not in written


@pytest.mark.parametrize("service", ["gateway", "agent_worker", "shared.db"])
@pytest.mark.parametrize("env", [{"DATABASE_URL": ""}, {}], ids=["unset", "away"])
async def test_start_errors_are_objects_where_logs_are(service: str, env: dict[str, str]) -> None:
    code, written = await start({**GOOD, **env, "LOG_FORMAT": "json"}, service)
    assert (code, len(written.splitlines())) == (2, 1), written
    line = json.loads(written)
    assert (line["service"], line["level"]) == (service, "critical")
    assert "DATABASE_URL" in line["event"]
    assert line["timestamp"].endswith("Z")


async def test_a_full_redis_is_called_full(database_url: str, tmp_path: Path) -> None:
    full = Valkey(tmp_path / "full", extra=("--maxmemory", "1"))
    try:
        environment = {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": await full.start()}
        code, written = await start(environment, "agent_worker")
    finally:
        await full.kill()
    assert (code, len(written.splitlines())) == (2, 1), written
    assert "REDIS_URL is full" in written
    assert "maxmemory" in written


@pytest.mark.parametrize("service", ["gateway", "agent_worker"])
async def test_a_database_without_tables(postgres: Postgres, redis_url: str, service: str) -> None:
    code, written = await start({**GOOD, "DATABASE_URL": postgres.url, "REDIS_URL": redis_url}, service)
    assert (code, len(written.splitlines())) == (2, 1)
    assert "DATABASE_URL" in written


@pytest.mark.parametrize("service", ["gateway", "agent_worker"])
async def test_tables_of_an_older_version(postgres: Postgres, redis_url: str, service: str) -> None:
    admin = await asyncpg.connect(postgres.url)
    name = f"older_{service}"
    try:
        await admin.execute(f"create database {name}")
        older = await asyncpg.connect(postgres.url_of(name))
        await older.execute("create table schema_migrations (name text primary key, checksum text)")
        await older.execute(migration_files()[0][1])
        await older.execute("insert into schema_migrations values ($1, 'x')", migration_files()[0][0])
        await older.close()
        env = {**GOOD, "DATABASE_URL": postgres.url_of(name), "REDIS_URL": redis_url}
        code, written = await start(env, service)
    finally:
        await admin.execute(f"drop database {name} with (force)")
        await admin.close()
    assert (code, len(written.splitlines())) == (2, 1)
    assert "python -m shared.db" in written


@pytest.mark.parametrize("service", ["gateway", "agent_worker"])
async def test_the_role_of_the_other_service(database_url: str, redis_url: str, service: str) -> None:
    await put_services(database_url)
    other = as_service("worker" if service == "gateway" else "gateway", database_url)
    code, written = await start({**GOOD, "DATABASE_URL": other, "REDIS_URL": redis_url}, service)
    assert (code, len(written.splitlines())) == (2, 1)
    assert "deploy/roles/postgres.sql" in written


async def test_an_occupied_port(database_url: str, redis_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, written = await start(
            {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": redis_url, "GATEWAY_PORT": port}
        )
    assert (code, len(written.splitlines())) == (2, 1)
    assert port in written
