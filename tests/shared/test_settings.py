"""Numbers have bounds, and a refusal names the variable and what it may be; never the value, which may be a secret."""

import pytest
from msgspec import inspect, structs

from agent_worker.settings import WorkerSettings
from deploy.local.settings import LocalSettings
from gateway.settings import GatewaySettings
from shared.settings import CommonSettings, SettingsError, read_settings
from tests.support.chat_client import SECRET

GOOD = {"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://x", "JWT_SECRET": SECRET}
ALL: list[type[CommonSettings]] = [GatewaySettings, WorkerSettings, LocalSettings]


@pytest.mark.parametrize("kind", ALL)
def test_every_number_is_bounded_on_both_sides(kind: type[CommonSettings]) -> None:
    types = {field.name: inspect.type_info(field.type) for field in structs.fields(kind)}
    numbers = {
        name: type_ for name, type_ in types.items() if isinstance(type_, inspect.IntType | inspect.FloatType)
    }
    assert numbers
    assert [name for name, type_ in numbers.items() if type_.ge is None or type_.le is None] == []


@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e12", "0", "-1", "0x10", "soon", "1,5", "9" * 40])
def test_a_lease_is_a_number_of_seconds_that_ends(value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(WorkerSettings, {**GOOD, "TURN_LEASE_SECONDS": value})
    assert str(refused.value) == "TURN_LEASE_SECONDS must be a number from 1 to 3600."


@pytest.mark.parametrize("value", ["0", "-5", "99999999999999999999", "1.5", "many", "nan"])
def test_a_count_is_a_whole_number_within_its_bounds(value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(GatewaySettings, {**GOOD, "MESSAGE_RATE": value})
    assert str(refused.value) == "MESSAGE_RATE must be a whole number from 1 to 1000000."


def test_a_word_that_is_none_of_the_allowed_ones_is_told_them() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(GatewaySettings, {**GOOD, "LOG_LEVEL": "private"})
    assert str(refused.value) == "LOG_LEVEL must be one of DEBUG, ERROR, INFO, WARNING."


def test_the_bounds_themselves_are_allowed() -> None:
    for least, most in (("1", "3600"), ("1.0", "3.6e3")):
        assert read_settings(WorkerSettings, {**GOOD, "TURN_LEASE_SECONDS": least}).turn_lease_seconds == 1
        assert read_settings(WorkerSettings, {**GOOD, "TURN_LEASE_SECONDS": most}).turn_lease_seconds == 3600
