"""What `make run` reads from the environment."""

import pytest

from deploy.local.settings import read_local_settings
from shared.settings import SettingsError


def test_without_addresses_both_servers_are_embedded() -> None:
    settings = read_local_settings({"REDIS_URL": ""})
    assert settings.embedded_postgres
    assert settings.embedded_valkey
    assert settings.url == "http://127.0.0.1:8000"


def test_given_addresses_are_used() -> None:
    settings = read_local_settings({"DATABASE_URL": "postgresql://db/x", "GATEWAY_HOST": "::"})
    assert not settings.embedded_postgres
    assert settings.embedded_valkey
    assert settings.url == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "0"),
        ("WORKERS", "two"),
        ("GATEWAY_PORT", "70000"),
        ("REDIS_URL", "http://x"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_local_settings({name: value})
