"""Where the system is, and as whom one speaks to it."""

from pathlib import Path
from uuid import UUID

import jwt
import pytest

from deploy.cli.__main__ import read_options
from deploy.cli.target import Target, TargetError
from deploy.local.data_folder import DataFolder, Running

SECRET = "s" * 32
RUNNING = Running("http://127.0.0.1:8005", "postgresql://there", "redis://there")


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / ".data")


def test_a_running_system_is_found_and_the_environment_goes_before_it(data: DataFolder) -> None:
    with data.locked():
        data.announce(RUNNING)
        found = Target({}, data)
        assert (found.gateway_url, found.redis_url) == (RUNNING.gateway_url, RUNNING.redis_url)
        named = Target({"GATEWAY_PORT": "9000", "REDIS_URL": "redis://mine"}, data)
        assert (named.gateway_url, named.redis_url) == ("http://127.0.0.1:9000", "redis://mine")


def test_without_a_running_system(data: DataFolder) -> None:
    target = Target({}, data)
    assert target.gateway_url == "http://127.0.0.1:8000"
    for address in ("redis_url", "database_url"):
        with pytest.raises(TargetError, match="make run"):
            getattr(target, address)
    with pytest.raises(TargetError, match="GATEWAY_PORT"):
        _ = Target({"GATEWAY_PORT": "many"}, data).gateway_url


def test_a_token_is_the_users_for_an_hour(data: DataFolder) -> None:
    target = Target({"JWT_SECRET": SECRET, "JWT_AUDIENCE": "chat", "JWT_ISSUER": "us"}, data)
    claims = jwt.decode(
        target.sign_token("alice"), SECRET, algorithms=["HS256"], audience="chat", issuer="us"
    )
    assert claims["sub"] == "alice"
    assert claims["exp"] - claims["iat"] == 3600


def test_the_secret_of_make_run_signs_but_none_is_made_here(data: DataFolder) -> None:
    with pytest.raises(TargetError, match="JWT_SECRET"):
        Target({}, data).sign_token("alice")
    with data.locked():
        secret = data.jwt_secret()
    jwt.decode(Target({}, data).sign_token("alice"), secret, algorithms=["HS256"])


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"APP_ENV": "production", "JWT_SECRET": SECRET}, "In production"),
        ({"JWT_SECRET": "short"}, "32 bytes"),
    ],
)
def test_no_token_is_signed(data: DataFolder, environment: dict[str, str], words: str) -> None:
    with pytest.raises(TargetError, match=words):
        Target(environment, data).sign_token("alice")


def test_each_user_has_a_last_conversation(data: DataFolder) -> None:
    target = Target({}, data)
    assert target.last_session("../alice") is None
    target.remember_session("../alice", UUID(int=1))
    target.remember_session("bob", UUID(int=2))
    assert target.last_session("../alice") == UUID(int=1)
    assert all(file.is_file() for file in (data.path / "chat").iterdir())


def test_make_hands_its_variables_on_by_the_environment() -> None:
    options = read_options(["chat"], {"TICKER": "KO", "USER": "alice", "SESSION": str(UUID(int=3))})
    assert (options.ticker, options.user, options.session) == ("KO", "alice", UUID(int=3))
    assert read_options(["chat", "--ticker", "MSFT"], {"TICKER": "KO"}).ticker == "MSFT"


def test_an_import_is_told_to_the_system_whose_database_it_is(data: DataFolder) -> None:
    with data.locked():
        data.announce(RUNNING)
        assert Target({}, data).import_redis_url == RUNNING.redis_url
        assert Target({"DATABASE_URL": "postgresql://mine"}, data).import_redis_url == ""
        both = Target({"DATABASE_URL": "postgresql://mine", "REDIS_URL": "redis://mine"}, data)
        assert both.import_redis_url == "redis://mine"
