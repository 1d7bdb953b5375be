"""Whose pages may open a socket: those that are named, and the gateway's own where it knows it."""

import pytest

from gateway.settings import GatewaySettings
from shared.settings import read_settings
from tests.support.chat_client import SECRET

GOOD = {"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://x", "JWT_SECRET": SECRET}
HERE = {"http://localhost:8000", "http://127.0.0.1:8000"}


def origins(**environment: str) -> set[str]:
    return set(read_settings(GatewaySettings, {**GOOD, **environment}).origins)


def test_a_page_that_frames_the_app_is_allowed_beside_the_app_itself() -> None:
    assert origins() == HERE
    assert origins(ALLOWED_ORIGINS="https://a.example, https://b.example") == HERE | {
        "https://a.example",
        "https://b.example",
    }


def test_in_production_only_those_that_are_named() -> None:
    named = {"ALLOWED_ORIGINS": "https://a.example", "APP_ENV": "production"}
    assert origins(**named, GATEWAY_HOST="10.0.0.5") == {"https://a.example"}


@pytest.mark.parametrize(
    ("host", "port", "origin"),
    [
        ("192.168.1.5", "8000", "http://192.168.1.5:8000"),
        ("::1", "9000", "http://[::1]:9000"),
        ("0.0.0.0", "80", "http://localhost"),
        ("tickertalk.lan", "80", "http://tickertalk.lan"),
    ],
)
def test_its_own_origin_is_what_a_browser_calls_it(host: str, port: str, origin: str) -> None:
    assert origin in origins(GATEWAY_HOST=host, GATEWAY_PORT=port)
    assert not any("0.0.0.0" in known for known in origins(GATEWAY_HOST=host, GATEWAY_PORT=port))


def test_who_may_frame_the_app() -> None:
    def embedders(**environment: str) -> set[str]:
        return set(read_settings(GatewaySettings, {**GOOD, **environment}).embedders)

    assert embedders() == set()
    assert embedders(ALLOWED_ORIGINS="https://a.example") == HERE | {"https://a.example"}
