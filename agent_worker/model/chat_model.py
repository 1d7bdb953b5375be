"""Which model answers: the providers by name, and a second model for when the first does not answer."""

import importlib
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import NamedTuple

import msgspec
from langchain_core.language_models import BaseChatModel

from agent_worker.model.fallback import FallbackModel
from agent_worker.model.ports import ChatModel
from shared.settings import SettingsError

DEFAULT_MODEL = "gemini-3.8-flash"
NAME = re.compile(r"[\w./:@+-]{1,200}", re.ASCII)


class ModelName(NamedTuple):
    """A model in the way it is asked for: `gemini:gemini-3.8-flash`."""

    provider: str
    name: str


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`api_key` and `base_url` are Gemini's; `base_url` None asks Google itself. The time-outs are seconds."""

    model: ModelName = ModelName("gemini", DEFAULT_MODEL)
    fallback: ModelName | None = None
    api_key: str = ""
    base_url: str | None = None
    first_token_timeout: float = 30.0
    idle_timeout: float = 15.0


Open = Callable[[str, ModelSettings], AbstractAsyncContextManager[ChatModel]]


@asynccontextmanager
async def open_chat_model(settings: ModelSettings) -> AsyncIterator[ChatModel]:
    """The model that `settings` name, for as long as the body runs. Raises `SettingsError` if there is no such model."""
    async with PROVIDERS[settings.model.provider](settings.model.name, settings) as first:
        if settings.fallback is None:
            yield first
            return
        async with PROVIDERS[settings.fallback.provider](settings.fallback.name, settings) as second:
            yield FallbackModel(first, second)


def model_name(variable: str, text: str) -> ModelName:
    """The model that a setting names as `provider:name`. Raises `ValueError` in one line that names `variable`."""
    provider, colon, name = text.partition(":")
    if not colon or provider not in PROVIDERS:
        raise ValueError(
            f"{variable} must be provider:name, with one of these providers: {', '.join(PROVIDERS)}."
        )
    if not NAME.fullmatch(name):
        raise ValueError(f"{variable} names no model: letters, digits and ./:@+- only, at most 200.")
    return ModelName("gemini" if provider == "google" else provider, name)


@asynccontextmanager
async def _gemini(name: str, settings: ModelSettings) -> AsyncIterator[ChatModel]:
    from agent_worker.model.gemini.gemini_model import open_gemini  # two seconds: only for who opens one

    async with open_gemini(
        model=name,
        api_key=settings.api_key,
        base_url=settings.base_url,
        first_token_timeout=settings.first_token_timeout,
        idle_timeout=settings.idle_timeout,
    ) as model:
        yield model


@asynccontextmanager
async def _langchain(name: str, settings: ModelSettings) -> AsyncIterator[ChatModel]:
    """`module:attribute`, where that is a chat model or a function that makes one."""
    from agent_worker.model.langchain_model import LangChainModel

    model = _chat_model_at(name)
    shown = str(getattr(model, "model_name", None) or getattr(model, "model", None) or name)
    yield LangChainModel(
        shown,
        model,
        first_token_timeout=settings.first_token_timeout,
        idle_timeout=settings.idle_timeout,
    )


def _chat_model_at(place: str) -> BaseChatModel:
    module, _, attribute = place.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
        model = found if isinstance(found, BaseChatModel) else found()
    except Exception as error:
        raise SettingsError(f"langchain:{place} cannot be had ({type(error).__name__}).") from error
    if not isinstance(model, BaseChatModel):
        raise SettingsError(f"langchain:{place} is no chat model of LangChain's.")
    return model


PROVIDERS: dict[str, Open] = {"gemini": _gemini, "google": _gemini, "langchain": _langchain}
