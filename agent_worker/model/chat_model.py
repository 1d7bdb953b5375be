"""Which model answers: Gemini with a key, the offline model without one."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol

import msgspec
import structlog
from langchain_core.messages import BaseMessage

from agent_worker.model.chunks import ModelChunk
from agent_worker.offline_model.server import OfflineModelServer
from shared.settings import SettingsError

DEFAULT_MODEL = "gemini-3.8-flash"
OFFLINE_NAME = "offline"

log = structlog.get_logger(__name__)


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`api_key` None asks for the offline model; the time-outs are seconds."""

    api_key: str | None = None
    model: str = DEFAULT_MODEL
    base_url: str | None = None
    first_token_timeout: float = 30.0
    idle_timeout: float = 15.0
    production: bool = False


class ChatModel(Protocol):
    """Answers a conversation, chunk by chunk."""

    name: str
    """What is shown as the model."""

    def stream(self, messages: Sequence[BaseMessage]) -> AsyncGenerator[ModelChunk, None]:
        """Chunks until one has a finish or block reason. Raises `ModelError`, then `AnswerCutError`."""
        ...


@asynccontextmanager
async def open_chat_model(settings: ModelSettings) -> AsyncIterator[ChatModel]:
    """The model that `settings` name, for as long as the body runs.

    Raises `SettingsError` when production has no key.
    """
    from agent_worker.model.gemini.gemini_model import open_gemini  # two seconds: only for who opens a model

    open_model = partial(
        open_gemini, first_token_timeout=settings.first_token_timeout, idle_timeout=settings.idle_timeout
    )
    if settings.api_key:
        async with open_model(
            model=settings.model, api_key=settings.api_key, base_url=settings.base_url
        ) as gemini:
            yield gemini
        return
    if settings.production:
        raise SettingsError(
            "GOOGLE_API_KEY is not set. In production only Gemini answers: set the key,"
            " or APP_ENV=development for the offline model."
        )
    if settings.base_url:
        log.warning("GEMINI_BASE_URL is not used without GOOGLE_API_KEY; any non-empty key will do")
    async with (
        OfflineModelServer() as server,
        open_model(model=OFFLINE_NAME, api_key="none", base_url=server.url, trust_env=False) as offline,
    ):
        yield offline
