"""`.data/`: one owner at a time, and nothing in it for others."""

from pathlib import Path

import pytest

from deploy.local.data_folder import AlreadyRunningError, DataFolder, Running
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
