"""What operators see of both services on the internal port, in production too."""

import socket
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.ports import free_port
from tests.contract.conftest import put_analyses
from tests.contract.test_start import GOOD, start
from tests.support.stack import Stack

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]

LISTED = {
    "gateway": """sockets socket_limit channels handshakes closes turns ack_seconds resumes resyncs subscriber_up
                  loop_lag_seconds draining""",
    "worker": """slots slots_busy deliveries queue_seconds claim_seconds first_word_seconds turn_seconds turns attempts
                 steps step_batch leases_lost dead_letters tool_calls figures model_tokens""",
}
"""Of the names of the design; which are missing is in docs/decisions/0067."""


async def scrape(port: int) -> tuple[set[str], Figures]:
    async with httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as http:
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/readyz")).status_code == 200
        families = list(text_string_to_metric_families((await http.get("/metrics")).text))
    figures = {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }
    return {family.name for family in families}, figures


def figure(figures: Figures, name: str, **labels: str) -> float:
    return figures[name, frozenset(labels.items())]


async def test_both_services_say_how_they_do(database_url: str, tmp_path: Path) -> None:
    await put_analyses(database_url)
    ports = {"gateway": free_port(), "worker": free_port()}
    production = {"APP_ENV": "production", "ALLOWED_ORIGINS": "https://app.example.com"}
    async with Stack(
        tmp_path,
        database_url=database_url,
        env=production,
        gateway_env={"METRICS_PORT": str(ports["gateway"])},
        worker_env={"METRICS_PORT": str(ports["worker"])},
    ) as stack:
        client = await stack.full("alice")
        turn = await client.collect_turn(await client.ask("What pays it?"))
        await stack.full("alice", client.session_id, resume=client.position)
        async with httpx.AsyncClient(trust_env=False, base_url=stack.url) as http:
            assert (await http.get("/metrics")).status_code == 404, "not where users are"

        names, figures = await scrape(ports["gateway"])
        assert {f"tickertalk_gateway_{name}" for name in LISTED["gateway"].split()} <= names
        assert figure(figures, "tickertalk_gateway_sockets") == 2
        assert figure(figures, "tickertalk_gateway_handshakes_total", result="accepted") >= 2
        assert figure(figures, "tickertalk_gateway_turns_total", outcome="accepted") == 1
        assert figure(figures, "tickertalk_gateway_ack_seconds_count") == 1
        assert figure(figures, "tickertalk_gateway_subscriber_up") == 1
        assert figure(figures, "tickertalk_gateway_resumes_total", recovered="true") == 1

        names, figures = await scrape(ports["worker"])
        assert {f"tickertalk_worker_{name}" for name in LISTED["worker"].split()} <= names
        assert figure(figures, "tickertalk_worker_slots") == 128
        assert figure(figures, "tickertalk_worker_slots_busy") == 0
        assert figure(figures, "tickertalk_worker_turns_total", outcome="stop") == 1
        for name in ("queue", "claim", "first_word", "turn"):
            assert figure(figures, f"tickertalk_worker_{name}_seconds_count") >= 1, name
        assert figure(figures, "tickertalk_worker_steps_total", step="open", verdict="ok") == 1
        assert figure(figures, "tickertalk_worker_steps_total", step="end", verdict="ok") == 1
        used = turn.ending["usage"]
        assert figure(figures, "tickertalk_worker_model_tokens_total", type="output") == used["output_tokens"]
        assert figure(figures, "tickertalk_turns_unfinished", status="queued") == 0


@pytest.mark.parametrize("service", ["gateway", "agent_worker"])
async def test_a_metrics_port_that_is_taken(database_url: str, redis_url: str, service: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        env = {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": redis_url, "METRICS_PORT": port}
        code, written = await start(env, service)
    assert code == 2
    assert f"{port} (Address already in use) for metrics. Choose another METRICS_PORT." in written
    assert "Traceback" not in written
