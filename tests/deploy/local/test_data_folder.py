"""`.data/`: one owner at a time, and nothing in it for others."""

import os
from pathlib import Path

import pytest

from deploy.cli.target import Target, TargetError
from deploy.local.data_folder import AlreadyRunningError, DamagedError, DataFolder, Running
from deploy.local.processes import StartError

RUNNING = Running("http://127.0.0.1:8000", "postgresql://u:p@h/d", "redis://h")


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / ".data")


def test_the_second_to_come_is_told_where_the_first_is(data: DataFolder) -> None:
    with data.locked():
        data.announce(RUNNING)
        assert data.running() == RUNNING
        where = r"already runs .* at http://127\.0\.0\.1:8000"
        with pytest.raises(AlreadyRunningError, match=where), DataFolder(data.path).locked():
            pass


def test_what_a_killed_run_announced_does_not_count(data: DataFolder) -> None:
    with data.locked():
        data.announce(RUNNING)
    assert data.running() is None
    with data.locked():
        pass


def test_secrets_are_for_the_owner_only_and_stay(data: DataFolder) -> None:
    with data.locked():
        secret = data.jwt_secret()
        data.announce(RUNNING)
    assert len(secret.encode()) >= 32
    assert DataFolder(data.path).jwt_secret() == secret
    assert all((data.path / name).stat().st_mode & 0o077 == 0 for name in ("jwt_secret", "run.json"))


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / ".data").write_text("")
    data = DataFolder(tmp_path / ".data")
    with pytest.raises(StartError, match="Cannot use the data folder"), data.locked():
        pass


def test_the_log_of_the_run_before_is_kept(data: DataFolder) -> None:
    with data.locked():
        data.log("gateway").write_text("first")
        data.log("gateway").write_text("second")
    assert (data.logs / "gateway.previous.log").read_text() == "first"


DAMAGED = [b"", b"{", b"[]", b'{"gateway_url": 1}', b"\xff\xfe", b"null"]


@pytest.mark.parametrize("contents", DAMAGED)
def test_what_was_announced_and_is_damaged_is_said(data: DataFolder, contents: bytes) -> None:
    with data.locked():
        (data.path / "run.json").write_bytes(contents)
        with pytest.raises(AlreadyRunningError) as second, DataFolder(data.path).locked():
            pass
        with pytest.raises(TargetError) as tail:
            _ = Target({}, data).redis_url
        with pytest.raises(TargetError):
            _ = Target({}, data).gateway_url
    for said in (str(second.value), str(tail.value)):
        assert f"{data.path}/run.json is damaged" in said
        assert f"kill {os.getpid()}" in said
        assert "\n" not in said


@pytest.mark.parametrize("contents", DAMAGED)
def test_what_a_killed_run_left_damaged_is_in_nobodys_way(data: DataFolder, contents: bytes) -> None:
    with data.locked():
        (data.path / "run.json").write_bytes(contents)
    assert data.running() is None
    with data.locked():
        data.announce(RUNNING)
        assert data.running() == RUNNING


@pytest.mark.parametrize("contents", [b"", b"\n", b"cut short", b"\xff" * 64])
def test_a_secret_that_is_not_whole_is_said(data: DataFolder, contents: bytes) -> None:
    with data.locked():
        (data.path / "jwt_secret").write_bytes(contents)
        with pytest.raises(DamagedError, match="jwt_secret is empty or damaged"):
            data.jwt_secret()
        with pytest.raises(TargetError, match="jwt_secret is empty or damaged"):
            Target({}, data).sign_token("alice")
        (data.path / "jwt_secret").unlink()
        assert len(data.jwt_secret()) >= 32
