"""Which model is opened for which settings."""

from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from agent_worker.model.chat_model import PROVIDERS, ModelName, open_chat_model
from agent_worker.settings import WorkerSettings
from shared.settings import SettingsError, read_settings
from tests.fakes.gemini_script import answer_text
from tests.fakes.gemini_server import GeminiServer

SERVERS = {"DATABASE_URL": "postgresql://h/d", "REDIS_URL": "redis://h"}


def settings(**env: str) -> WorkerSettings:
    return read_settings(WorkerSettings, {**SERVERS, **env})


async def test_with_a_key_gemini_answers() -> None:
    async with GeminiServer() as gemini:
        asked = settings(
            GOOGLE_API_KEY="k", GEMINI_MODEL="gemini-x", GEMINI_BASE_URL=gemini.url
        ).model_settings
        async with open_chat_model(asked) as model:
            assert model.name == "gemini-x"
            text = "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])])
    assert text == answer_text("Why?")


async def test_another_server_needs_no_key_and_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with (
        GeminiServer() as gemini,
        open_chat_model(settings(GEMINI_BASE_URL=gemini.url).model_settings) as model,
    ):
        text = "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])])
    assert text == answer_text("Why?")


@pytest.mark.parametrize(
    "env", [{}, {"APP_ENV": "production"}, {"APP_ENV": "production", "GEMINI_BASE_URL": "http://h"}]
)
def test_no_model_is_refused_in_one_line(env: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="GOOGLE_API_KEY") as caught:
        settings(**env).model_settings  # noqa: B018 - reading it is what raises
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({}, ModelName("gemini", "gemini-3.8-flash")),
        ({"GEMINI_MODEL": "offline"}, ModelName("gemini", "offline")),
        ({"MODEL": "gemini:models/x-1"}, ModelName("gemini", "models/x-1")),
        ({"MODEL": "google:x", "GEMINI_MODEL": "y"}, ModelName("gemini", "x")),
        ({"MODEL": "langchain:mine:model"}, ModelName("langchain", "mine:model")),
    ],
)
def test_a_model_is_named_with_its_provider(env: dict[str, Any], name: ModelName) -> None:
    assert settings(GOOGLE_API_KEY="k", **env).model_settings.model == name


def test_another_provider_needs_no_key_of_geminis() -> None:
    found = settings(MODEL="langchain:mine:model", APP_ENV="production").model_settings
    assert (found.model.provider, found.fallback) == ("langchain", None)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"MODEL": "openai:gpt-9"}, "MODEL must be provider:name"),
        ({"MODEL": "gemini-3.8-flash"}, "MODEL must be provider:name"),
        ({"MODEL_FALLBACK": "gpt-9"}, "MODEL_FALLBACK must be provider:name"),
        ({"MODEL": "gemini:"}, "MODEL names no model"),
        ({"MODEL": "gemini:a b"}, "MODEL names no model"),
        ({"MODEL": "gemini:" + "x" * 201}, "MODEL names no model"),
        ({"GEMINI_MODEL": "x?key=y"}, "GEMINI_MODEL names no model"),
        ({"MODEL": "gemini:x", "MODEL_FALLBACK": "google:x"}, "MODEL_FALLBACK must be another"),
        ({"MODEL": "langchain:mine:model", "MODEL_FALLBACK": "gemini:x"}, "GOOGLE_API_KEY"),
    ],
)
def test_what_is_no_model_is_refused_in_one_line(env: dict[str, Any], words: str) -> None:
    key = {} if "GOOGLE_API_KEY" in words else {"GOOGLE_API_KEY": "k"}
    with pytest.raises(SettingsError, match=words) as caught:
        settings(**key, **env).model_settings  # noqa: B018 - reading it is what raises
    assert "\n" not in str(caught.value)
    if "provider" in words:
        assert all(provider in str(caught.value) for provider in PROVIDERS)


MODELS = """
from langchain_core.language_models import FakeListChatModel

ready = FakeListChatModel(responses=["from an object"])
nothing = "no model"

def made() -> FakeListChatModel:
    return FakeListChatModel(responses=["from a function"])
"""


@pytest.fixture
def my_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"my_models_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(MODELS)
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


@pytest.mark.parametrize(("where", "said"), [("ready", "from an object"), ("made", "from a function")])
async def test_a_model_of_langchains_is_found_where_it_is_named(
    my_models: str, where: str, said: str
) -> None:
    asked = settings(MODEL=f"langchain:{my_models}:{where}").model_settings
    async with open_chat_model(asked) as model:
        assert model.name == f"{my_models}:{where}"
        assert "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])]) == said


@pytest.mark.parametrize("where", ["nothing", "missing", ""])
async def test_a_place_without_a_model_is_one_line(my_models: str, where: str) -> None:
    asked = settings(MODEL=f"langchain:{my_models}:{where}").model_settings
    with pytest.raises(SettingsError, match="langchain:my_models") as caught:
        async with open_chat_model(asked):
            pass
    assert "\n" not in str(caught.value)


async def test_the_fallback_is_opened_and_answers(my_models: str) -> None:
    async with GeminiServer() as gemini:
        gemini.script(fail=400)
        asked = settings(
            GEMINI_BASE_URL=gemini.url, MODEL="gemini:x", MODEL_FALLBACK=f"langchain:{my_models}:ready"
        ).model_settings
        async with open_chat_model(asked) as model:
            assert model.name == "x"
            chunks = [chunk async for chunk in model.stream([HumanMessage("Why?")])]
            assert model.name == chunks[-1].model == f"{my_models}:ready"
    assert "".join(chunk.text for chunk in chunks) == "from an object"
