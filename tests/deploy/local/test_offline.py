"""When `make run` starts the offline model, and that what it starts answers workers."""

from pathlib import Path

import aiohttp
import pytest

from deploy.local.offline import OfflineModel, wanted


@pytest.mark.parametrize(
    ("environment", "starts"),
    [
        ({}, True),
        ({"GOOGLE_API_KEY": "", "APP_ENV": "development"}, True),
        ({"GOOGLE_API_KEY": "k"}, False),
        ({"GEMINI_API_KEY": "k"}, False),
        ({"GEMINI_BASE_URL": "http://h"}, False),
        ({"MODEL": "langchain:mine:model"}, False),
        ({"APP_ENV": "production"}, False),
    ],
)
def test_it_is_wanted_when_nothing_else_can_answer(environment: dict[str, str], starts: bool) -> None:
    assert wanted(environment) == starts


async def test_workers_find_it_where_they_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", "is not its business")
    model = OfflineModel(tmp_path / "log")
    assert set(model.service.child.env or {}) <= {"PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "PORT"}
    await model.service.start()
    url, name = (model.worker_environment[key] for key in ("GEMINI_BASE_URL", "GEMINI_MODEL"))
    asked = {"contents": [{"role": "user", "parts": [{"text": "Why?"}]}]}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/v1beta/models/{name}:generateContent", json=asked) as response,
    ):
        assert response.status == 200
    await model.service.stop()
    assert model.service.child.returncode == 0
