"""Nobody else reads what `.data/` holds, and no server learns what only a service may know."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local.data_folder import DataFolder
from deploy.local.postgres import Postgres
from deploy.local.processes import Child, Record
from deploy.local.valkey import Valkey
from tests.support.databases import FAST
from tests.support.stack import ROOT

SECRETS = {
    name: f"secret-{name.lower()}" for name in ("JWT_SECRET", "GOOGLE_API_KEY", "DATABASE_URL", "AWS_KEY")
}


def open_to_others(folder: Path) -> list[Path]:
    """The files that another user could read; folders under which nobody else can look at all are passed over."""
    found = []
    for path in folder.iterdir():
        mode = path.stat().st_mode
        if path.is_file() and mode & 0o077:
            found.append(path)
        if path.is_dir() and mode & 0o077:
            found += open_to_others(path)
    return found


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("secrets")
async def test_a_child_knows_only_what_any_program_may_know(tmp_path: Path) -> None:
    show = "import os; print(*os.environ)"
    child = Child("child", [sys.executable, "-c", show], log=tmp_path / "child.log")
    child.spawn()
    assert await child.wait(30) == 0
    known = set(child.output().split())
    assert "PATH" in known
    assert not known & set(SECRETS)


@pytest.mark.usefixtures("secrets")
async def test_postgres_knows_no_secret(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "postgres", settings=FAST)
    await server.start()
    try:
        main = psutil.Process(server.child.pid)
        for process in (main, *main.children(recursive=True)):
            assert not set(process.environ()) & set(SECRETS), process
    finally:
        await server.stop()


async def test_what_is_made_in_the_data_folder_is_for_its_owner(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / ".data")
    postgres, valkey = Postgres(data.path / "postgres", settings=FAST), Valkey(data.path / "valkey")
    with data.locked():
        data.jwt_secret()
        child = Child("service", [sys.executable, "-c", "print('a line')"], log=data.log("service"))
        child.spawn()
        Record(data.path / "service.pid").write(child.pid)
        await child.wait(30)
        await postgres.start()
        await valkey.start()
        try:
            assert open_to_others(data.path) == []
        finally:
            await postgres.stop()
            await valkey.stop()


def test_what_an_older_version_left_open_is_closed(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / ".data")
    (data.path / "logs").mkdir(parents=True)
    data.path.chmod(0o755)
    (data.path / "lock").write_text("1")
    (data.path / "gateway.pid").write_text("1 1")
    for name in ("lock", "gateway.pid"):
        (data.path / name).chmod(0o644)
    with data.locked():
        Record(data.path / "gateway.pid").write(os.getpid())
    assert not data.path.stat().st_mode & 0o066
    assert open_to_others(data.path) == []


AS_A_USER = """
import sys
from pathlib import Path
from deploy.local.data_folder import DataFolder
data = DataFolder(Path(sys.argv[1]))
with data.locked():
    print(oct(data.path.stat().st_mode & 0o777))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="root plays a normal user")
def test_nobody_else_enters_the_folder_of_a_normal_user(tmp_path: Path) -> None:
    as_user = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    done = subprocess.run(
        [*as_user, sys.executable, "-c", AS_A_USER, tmp_path / ".data"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "0o700", done.stderr
