"""The model as a process of its own, over HTTP: streams, calls, refusals, its one line and its end."""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from deploy.offline_model.protocol import FunctionCall, Reply, words
from deploy.offline_model.server import OfflineModelServer
from tests.deploy.offline_model import fake_tools
from tests.deploy.offline_model.asking import INSTRUCTIONS, Ask, ask, in_process, request
from tests.deploy.offline_model.market import block, subjects

ROOT = Path(__file__).parents[3]
PATH = "/v1beta/models/gemini-flash:streamGenerateContent?alt=sse&key=any"
READY = "Offline model ready at "
SECONDS = 30


@pytest.fixture(scope="module")
def process() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`python -m deploy.offline_model` on a free port, and its address."""
    command = [sys.executable, "-m", "deploy.offline_model"]
    with subprocess.Popen(command, cwd=ROOT, env={"PORT": "0"}, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line.startswith(READY), line
        yield running, line.removeprefix(READY).strip()
        running.send_signal(signal.SIGTERM)
        assert running.wait(SECONDS) == 0


def over_http(url: str) -> Ask:
    """Asks the process, and reads its stream to the end."""

    def through(body: bytes) -> Reply:
        sent = urllib.request.Request(url + PATH, body, {"x-goog-api-key": "any"}, method="POST")
        with urllib.request.urlopen(sent, timeout=SECONDS) as response:
            assert response.headers.get_content_type() == "text/event-stream"
            chunks = [
                json.loads(line.removeprefix(b"data: ")) for line in response if line.startswith(b"data: ")
            ]
        parts = [part for chunk in chunks for part in chunk["candidates"][0]["content"]["parts"]]
        reasons = [chunk["candidates"][0].get("finishReason") for chunk in chunks]
        assert reasons[-1] == "STOP"
        assert not any(reasons[:-1])
        usage = chunks[-1]["usageMetadata"]
        assert usage["totalTokenCount"] == usage["promptTokenCount"] + usage["candidatesTokenCount"]
        calls = [FunctionCall(**part["functionCall"]) for part in parts if "functionCall" in part]
        return Reply("".join(part.get("text", "") for part in parts), calls)

    return through


def test_answers_from_the_page_word_by_word(process: tuple[subprocess.Popen[str], str]) -> None:
    answer = ask("How does the latest dividend yield affect this rating?", through=over_http(process[1]))
    assert answer.calls == []
    assert "takes 4.0 points away from the score of Coca-Cola Company (KO)" in answer.text
    assert "61.9 instead of 57.9" in answer.text


def test_looks_up_what_the_page_does_not_hold(process: tuple[subprocess.Popen[str], str]) -> None:
    answer = ask("What is Pepsi's P/E?", named=["PEP"], through=over_http(process[1]))
    assert [name for name, _ in answer.calls] == ["get_analysis"]
    assert "The P/E of PepsiCo (PEP) is 18.80" in answer.text
    assert "KO" not in answer.text


def test_asks_in_parallel_where_several_look_ups_are_needed(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    answer = ask(
        "How did Coke and Pepsi perform since June?", named=["KO", "PEP"], through=over_http(process[1])
    )
    assert [name for name, _ in answer.calls] == ["history", "history"]
    assert answer.rounds == 1
    assert "(KO) rose" in answer.text
    assert "(PEP)" in answer.text


def test_answers_in_german(process: tuple[subprocess.Popen[str], str]) -> None:
    answer = ask(
        "Vergleiche das KGV von Coca-Cola und Pepsi", named=["KO", "PEP"], through=over_http(process[1])
    )
    assert "27.36" in answer.text
    assert "18.80 bei PepsiCo (PEP)" in answer.text
    assert "22. August 2026" in answer.text


def test_a_refused_look_up_is_tried_otherwise(process: tuple[subprocess.Popen[str], str]) -> None:
    answer = ask("Which banks are rated buy?", None, through=over_http(process[1]))
    assert [args["sector"] for _, args in answer.calls] == ["Banks", "Financials"]
    assert answer.rounds == 2


def test_what_is_no_request_is_refused(process: tuple[subprocess.Popen[str], str]) -> None:
    for body in (
        b"",
        b"{",
        b'{"contents": 5}',
        b'{"contents": []}',
        b'{"contents": [{"role": "model"}]}',
        b"\xff",
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            over_http(process[1])(body)
        with refused.value as error:
            assert error.code == 400
            assert json.load(error)["error"]["status"] == "INVALID_ARGUMENT"


async def test_gives_the_whole_answer_at_once_too() -> None:
    system = f"{INSTRUCTIONS}\n{subjects('KO')}\n{block('KO')}"
    body = request(system, [{"role": "user", "parts": [{"text": "P/E?"}]}])
    path = "/v1beta/models/any:generateContent"
    async with (
        OfflineModelServer(words_per_second=None) as server,
        aiohttp.ClientSession() as client,
        client.post(server.url + path, data=body) as response,
    ):
        [candidate] = (await response.json())["candidates"]
    assert "27.36" in candidate["content"]["parts"][0]["text"]
    assert candidate["finishReason"] == "STOP"


def test_three_rounds_are_the_most() -> None:
    """A fourth is not asked for: with what it has, it says what it could not look up."""
    rounds: list[dict[str, object]] = [
        {"role": "user", "parts": [{"text": "Which companies are rated buy?"}]}
    ]
    for number in range(3):
        call = {"id": f"c{number}", "name": "explain", "args": {"term": f"t{number}"}}
        rounds.append({"role": "model", "parts": [{"functionCall": call}]})
        response = {"id": f"c{number}", "name": "explain", "response": {"result": "TOOL: explain"}}
        rounds.append({"role": "user", "parts": [{"functionResponse": response}]})
    reply = in_process(request(f"{INSTRUCTIONS}\n{subjects(None)}\n{block(None)}", rounds, fake_tools.NAMES))
    assert not reply.calls
    assert "could not search" in reply.text


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_port_that_is_none_is_told_in_one_line(port: str) -> None:
    command = [sys.executable, "-m", "deploy.offline_model"]
    ended = subprocess.run(
        command, cwd=ROOT, env={"PORT": port}, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["offline_model: PORT: expected a number from 0 to 65535."]


@pytest.mark.parametrize("text", ["one two", " lead", "trail ", "a\n\nb  c\n", "one"])
def test_words_join_to_the_text(text: str) -> None:
    pieces = list(words(text))
    assert "".join(pieces) == text
    assert all(piece.strip() for piece in pieces)
