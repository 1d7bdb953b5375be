"""Which model is opened for which settings."""

from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from agent_worker.model.chat_model import open_chat_model
from agent_worker.settings import WorkerSettings
from shared.settings import SettingsError, read_settings
from tests.fakes.gemini_script import answer_text
from tests.fakes.gemini_server import GeminiServer

SERVERS = {"DATABASE_URL": "postgresql://h/d", "REDIS_URL": "redis://h"}


def settings(**env: str) -> WorkerSettings:
    return read_settings(WorkerSettings, {**SERVERS, **env})


async def test_with_a_key_gemini_answers() -> None:
    async with GeminiServer() as gemini:
        asked = settings(GOOGLE_API_KEY="k", GEMINI_MODEL="gemini-x", GEMINI_BASE_URL=gemini.url).model
        async with open_chat_model(asked) as model:
            assert model.name == "gemini-x"
            text = "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])])
    assert text == answer_text("Why?")


async def test_another_server_needs_no_key_and_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with (
        GeminiServer() as gemini,
        open_chat_model(settings(GEMINI_BASE_URL=gemini.url).model) as model,
    ):
        text = "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])])
    assert text == answer_text("Why?")


@pytest.mark.parametrize(
    "env", [{}, {"APP_ENV": "production"}, {"APP_ENV": "production", "GEMINI_BASE_URL": "http://h"}]
)
def test_no_model_is_refused_in_one_line(env: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="GOOGLE_API_KEY") as caught:
        settings(**env).model  # noqa: B018 - reading it is what raises
    assert "\n" not in str(caught.value)
