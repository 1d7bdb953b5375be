"""Which model is opened for which settings."""

import pytest
from langchain_core.messages import HumanMessage
from structlog.testing import capture_logs

from agent_worker.model.chat_model import ModelSettings, open_chat_model
from shared.settings import SettingsError
from tests.fakes.gemini_script import answer_text
from tests.fakes.gemini_server import GeminiServer


async def test_with_a_key_gemini_answers() -> None:
    async with GeminiServer() as gemini:
        settings = ModelSettings(api_key="k", model="gemini-x", base_url=gemini.url)
        async with open_chat_model(settings) as model:
            assert model.name == "gemini-x"
            text = "".join([chunk.text async for chunk in model.stream([HumanMessage("Why?")])])
    assert text == answer_text("Why?")


async def test_without_a_key_the_offline_model_answers() -> None:
    async with open_chat_model(ModelSettings()) as model:
        assert model.name == "offline"
        chunks = [chunk async for chunk in model.stream([HumanMessage("Why?")])]
    assert "Offline model" in "".join(chunk.text for chunk in chunks)
    assert chunks[-1].finish_reason == "STOP"


async def test_a_base_url_without_a_key_is_said_to_be_unused() -> None:
    with capture_logs() as logs:
        async with open_chat_model(ModelSettings(base_url="http://127.0.0.1:1")) as model:
            assert model.name == "offline"
    assert any("GEMINI_BASE_URL" in entry["event"] for entry in logs)


async def test_production_without_a_key_is_refused_in_one_line() -> None:
    with pytest.raises(SettingsError, match="GOOGLE_API_KEY") as caught:
        async with open_chat_model(ModelSettings(production=True)):
            pass
    assert "\n" not in str(caught.value)
