"""The port that operators look at: it answers from outside the event loop, also when that is stuck."""

import asyncio
import socket
import time
from collections.abc import Mapping

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter

from shared.operations import internal_port as module
from shared.operations.internal_port import open_internal_port
from shared.settings import SettingsError


async def fit() -> Mapping[str, bool]:
    return {"redis": True, "postgres": True}


async def unfit() -> Mapping[str, bool]:
    return {"redis": True, "postgres": False}


async def get(port: int | None, path: str, method: str = "GET") -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        return await http.request(method, f"http://127.0.0.1:{port}{path}")


async def test_metrics_health_and_readiness() -> None:
    registry = CollectorRegistry()
    Counter("seen", "Seen.", registry=registry).inc(3)
    async with open_internal_port("127.0.0.1", 0, registry, fit) as port:
        metrics = await get(port, "/metrics?name=x")
        assert "seen_total 3.0" in metrics.text
        assert metrics.headers["content-type"].startswith("text/plain; version=")
        assert (await get(port, "/healthz")).json() == {"status": "ok"}
        ready = await get(port, "/readyz")
        assert (ready.status_code, ready.json()) == (200, await fit())
        assert (await get(port, "/readyz", "HEAD")).status_code == 200
        assert (await get(port, "/anything")).status_code == 404
        assert (await get(port, "/metrics", "POST")).status_code == 501
    with pytest.raises(httpx.ConnectError):
        await get(port, "/healthz")
    async with open_internal_port("127.0.0.1", 0, registry, unfit) as port:
        ready = await get(port, "/readyz")
        assert (ready.status_code, ready.json()) == (503, await unfit())


async def test_a_stuck_event_loop_is_not_alive_but_has_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.2)
    registry = CollectorRegistry()
    Counter("seen", "Seen.", registry=registry)
    async with open_internal_port("127.0.0.1", 0, registry, fit) as port:

        def outside() -> tuple[int, int]:
            with httpx.Client(trust_env=False, base_url=f"http://127.0.0.1:{port}") as http:
                return http.get("/healthz").status_code, http.get("/metrics").status_code

        asked = asyncio.get_running_loop().run_in_executor(None, outside)
        time.sleep(1.0)
        assert await asked == (503, 200)
        assert (await get(port, "/healthz")).status_code == 200


async def test_who_connects_and_says_nothing_keeps_nobody_out() -> None:
    async with open_internal_port("127.0.0.1", 0, CollectorRegistry(), fit) as port:
        silent = [socket.create_connection(("127.0.0.1", port or 0)) for _ in range(20)]
        assert (await get(port, "/healthz")).status_code == 200
        for each in silent:
            each.close()


async def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{number} .* another METRICS_PORT"):
            async with open_internal_port("127.0.0.1", number, CollectorRegistry(), fit):
                pass
    with pytest.raises(SettingsError, match="METRICS_HOST"):
        async with open_internal_port("no.such.host.invalid", 0, CollectorRegistry(), fit):
            pass


async def test_without_a_port_there_is_none() -> None:
    async with open_internal_port("127.0.0.1", None, CollectorRegistry(), fit) as port:
        assert port is None
