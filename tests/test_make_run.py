"""`make run` as a person meets it: from a copy of the tracked files in an empty folder.

What takes minutes is not repeated: the copy borrows this checkout's `.venv`, and finds its web app built.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from signal import Signals
from urllib.request import urlopen

import asyncpg
import psutil
import pytest

from deploy.local.data_folder import DataFolder
from deploy.local.ports import free_port
from deploy.local.processes import Child, StartError, wait_gone
from tests.support.chat_client import ChatClient, token

ROOT = Path(__file__).parents[1]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

Make = Callable[..., Child]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    (folder / "web/node_modules").mkdir()
    (folder / "web/node_modules/.installed-build").touch()
    if (ROOT / "web/dist").is_dir():
        shutil.copytree(ROOT / "web/dist", folder / "web/dist")
    else:
        (folder / "web/dist").mkdir()
        (folder / "web/dist/index.html").write_text("<title>Tickertalk</title>")
    os.utime(folder / "web/dist/index.html")
    return folder


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def make(checkout: Path, tmp_path: Path, port: int) -> Iterator[Make]:
    """`make("run", WORKERS="2")` starts make with this environment; what is left at the end is killed."""
    started: list[Child] = []

    def run(target: str = "run", **env: str) -> Child:
        child = Child(
            "make",
            ["make", target],
            log=tmp_path / f"make-{len(started)}.log",
            cwd=checkout,
            env={**clean_environment(), "GATEWAY_PORT": str(port), **env},
        )
        child.spawn()
        started.append(child)
        return child

    yield run
    for child in started:
        asyncio.run(child.kill())


@pytest.fixture
async def running(make: Make) -> Child:
    """A system that is ready."""
    child = make()
    await ready(child)
    return child


def clean_environment() -> Mapping[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}


def family(child: Child) -> list[psutil.Process]:
    """Everything that runs below it."""
    return psutil.Process(child.pid).children(recursive=True)


def the_one(processes: list[psutil.Process], words: str) -> psutil.Process:
    """The one that was started so; between fork and exec its child shows the same words, and is not meant."""
    parents: dict[psutil.Process, int] = {}
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # what is short-lived may end while it is looked at
            if f" {words} " in f" {' '.join(process.cmdline())} ":
                parents[process] = process.ppid()
    pids = {process.pid for process in parents}
    (started,) = [process for process, parent in parents.items() if parent not in pids]
    return started


def get(url: str) -> str:
    with urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


async def ready(child: Child) -> None:
    try:
        await child.wait_for_output("Tickertalk is ready", 120)
    except (StartError, TimeoutError):
        pytest.fail(f"make run does not get ready:\n{child.output()}")


def alice(checkout: Path) -> str:
    return token("alice", secret=DataFolder(checkout / ".data").jwt_secret())


async def ask(checkout: Path, port: int, question: str) -> str:
    """One question about Coca-Cola, over the seed level."""
    client = await ChatClient.seed(f"http://127.0.0.1:{port}", token=alice(checkout), context_ticker="KO")
    turn = await client.collect_turn(await client.ask(question), timeout=30)
    await client.close()
    assert turn.text == turn.ending["full_message"]
    return turn.text


async def test_it_answers_and_ctrl_c_leaves_nothing(running: Child, checkout: Path, port: int) -> None:
    assert running.output().count("is ready") == 1
    assert f"Tickertalk is ready: http://127.0.0.1:{port}" in running.output()
    assert "Tickertalk" in get(f"http://127.0.0.1:{port}/")
    assert (
        "dividend"
        in (await ask(checkout, port, "How does the latest dividend yield affect this rating?")).lower()
    )
    processes = family(running)
    assert len(processes) > 4
    os.killpg(running.pid, Signals.SIGINT)  # as a terminal does
    await running.wait(60)
    assert await wait_gone(processes, 5)
    assert DataFolder(checkout / ".data").running() is None


async def test_each_service_is_itself_and_knows_no_secret_of_others(make: Make, checkout: Path) -> None:
    system = make(GEMINI_API_KEY="a key", GEMINI_BASE_URL="http://127.0.0.1:9")
    await ready(system)
    services = {"gateway": "-m gateway", "worker": "-m agent_worker"}
    seen = {name: the_one(family(system), words).environ() for name, words in services.items()}
    data = DataFolder(checkout / ".data")
    for name, environment in seen.items():
        for url in (environment["DATABASE_URL"], environment["REDIS_URL"]):
            assert f"//tickertalk_{name}:{data.secret(f'{name}_password')}@" in url
    assert "GEMINI_API_KEY" not in seen["gateway"]
    assert "JWT_SECRET" not in seen["worker"]
    others_may_read = [
        path for path in data.path.rglob("*") if path.stat().st_mode & 0o044 and path.is_file()
    ]
    assert not [path for path in others_may_read if "secret" in path.name or "password" in path.name]
    assert not {data.path / "run.json", data.path / "valkey" / "users.acl"} & set(others_may_read)


async def test_data_survives_kill_9_of_everything(make: Make, checkout: Path, port: int) -> None:
    first = make()
    await ready(first)
    await ask(checkout, port, "Why is it rated so?")
    processes = family(first)
    the_one(processes, "deploy.local").kill()
    assert await wait_gone(processes, 30)
    again = make()
    await ready(again)
    assert "Importing the sample" not in again.output()
    where = DataFolder(checkout / ".data").running()
    assert where is not None
    connection = await asyncpg.connect(where.database_url)
    stored = await connection.fetchval(
        "select count(*) from chat_messages where content = 'Why is it rated so?'"
    )
    await connection.close()
    assert stored >= 1


async def test_a_second_one_is_refused(running: Child, make: Make, port: int) -> None:
    second = make(GATEWAY_PORT=str(free_port()))
    assert await second.wait(60) == 2
    assert f"already runs from this folder at http://127.0.0.1:{port}" in second.output()
    assert running.running


async def test_a_worker_killed_in_mid_answer_is_replaced_and_the_answer_comes_once(
    make: Make, checkout: Path, port: int
) -> None:
    system = make(TURN_LEASE_SECONDS="2")
    await ready(system)
    worker = the_one(family(system), "agent_worker")
    client = await ChatClient.full(f"http://127.0.0.1:{port}", token=alice(checkout))
    turn_id = await client.ask("How does the latest dividend yield affect this rating?", context_ticker="KO")
    await client.next_frame("ai_chunk")
    worker.kill()
    turn = await client.collect_turn(turn_id, timeout=60)
    await client.close()
    await system.wait_for_output("worker-1 was ended by SIGKILL; starting it again", 30)
    await system.wait_for_output("worker-1 is ready again", 30)
    assert turn.ending["type"] == "ai_complete"
    assert turn.ending["full_message"] == turn.text
    # Once, unless the machine itself sleeps longer than the lease.
    assert [frame["type"] for frame in turn.frames].count("ai_reset") >= 1


async def test_it_stops_on_sigterm_while_starting(make: Make) -> None:
    child = make()
    await child.wait_for_output("Starting PostgreSQL", 60)
    processes = family(child)
    the_one(processes, "deploy.local").send_signal(Signals.SIGTERM)
    await child.wait(60)
    assert await wait_gone(processes, 5)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"GATEWAY_PORT": "eighty"}, "GATEWAY_PORT"),
        ({"WORKERS": "0"}, "WORKERS"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"TURN_LEASE_SECONDS": "-1"}, "TURN_LEASE_SECONDS"),
        ({"JWT_SECRET": "short"}, "JWT_SECRET"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/none"}, "PostgreSQL at 127.0.0.1:1 cannot be used"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "Redis at 127.0.0.1:1 cannot be used"),
        ({"APP_ENV": "production", "ALLOWED_ORIGINS": "https://x.example"}, "GOOGLE_API_KEY"),
    ],
)
async def test_a_bad_environment_is_one_clear_line(make: Make, env: dict[str, str], words: str) -> None:
    child = make(**env)
    assert await child.wait(60) == 2
    assert words in child.output()
    assert "Traceback" not in child.output()


async def test_an_occupied_port_is_said(make: Make, port: int) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", port):
        child = make()
        assert await child.wait(60) == 2
    assert f"Port {port} is taken" in child.output()
    assert f"GATEWAY_PORT={port + 1} make run" in child.output()


async def test_an_unreadable_data_folder_is_said(make: Make, checkout: Path) -> None:
    data, aside = checkout / ".data", checkout / ".data.aside"
    if data.exists():
        data.rename(aside)
    data.write_text("a file")
    try:
        child = make()
        assert await child.wait(60) == 2
    finally:
        data.unlink()
        if aside.exists():
            aside.rename(data)
    assert "Cannot use the data folder" in child.output()
    assert "Traceback" not in child.output()
