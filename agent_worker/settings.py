"""What a worker reads from its environment (contract §6)."""

from typing import Annotated

import msgspec

from agent_worker.model.chat_model import DEFAULT_MODEL, ModelName, ModelSettings, model_name
from shared.settings import CommonSettings, Positive, Seconds, SettingsError, check_url

Lease = Annotated[float, msgspec.Meta(ge=1, le=3600)]
"""Seconds. Below one, a worker on a busy machine loses its turns to the next."""
NO_KEY = "none"
"""What a server at GEMINI_BASE_URL is given when there is no key: the protocol wants one, that server need not."""


class WorkerSettings(CommonSettings, frozen=True, kw_only=True):
    """Settings of one worker process; times in seconds."""

    model: str | None = None
    model_fallback: str | None = None
    google_api_key: str | None = None
    gemini_api_key: str | None = None
    gemini_model: str = DEFAULT_MODEL
    gemini_base_url: str | None = None
    worker_concurrency: Positive = 128
    turn_lease_seconds: Lease = 15.0
    model_first_token_timeout: Seconds = 30.0
    model_idle_timeout: Seconds = 20.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.gemini_base_url:
            check_url("GEMINI_BASE_URL", self.gemini_base_url, ("http", "https"))
        if self._fallback == self._model:
            raise ValueError("MODEL_FALLBACK must be another model than the first.")

    @property
    def secrets(self) -> list[str]:
        """What must never be seen in a log."""
        return [*super().secrets, *filter(None, (self.google_api_key, self.gemini_api_key))]

    @property
    def _model(self) -> ModelName:
        if self.model:
            return model_name("MODEL", self.model)
        return model_name("GEMINI_MODEL", f"gemini:{self.gemini_model}")

    @property
    def _fallback(self) -> ModelName | None:
        return model_name("MODEL_FALLBACK", self.model_fallback) if self.model_fallback else None

    @property
    def model_settings(self) -> ModelSettings:
        """The part that concerns the model. Raises `SettingsError` when there is none to ask."""
        api_key = self.google_api_key or self.gemini_api_key
        needs_key = any(name and name.provider == "gemini" for name in (self._model, self._fallback))
        if needs_key and self.production and not api_key:
            raise SettingsError("GOOGLE_API_KEY is not set; in production no model answers without it.")
        if needs_key and not (api_key or self.gemini_base_url):
            raise SettingsError(
                "GOOGLE_API_KEY is not set, nor GEMINI_BASE_URL: there is no model to ask."
                " `make run` starts the offline model in its place."
            )
        return ModelSettings(
            api_key=api_key or NO_KEY,
            model=self._model,
            fallback=self._fallback,
            base_url=self.gemini_base_url,
            first_token_timeout=self.model_first_token_timeout,
            idle_timeout=self.model_idle_timeout,
        )
