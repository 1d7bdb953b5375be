"""What `make eval` is told through the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from agent_worker.model.chat_model import ModelSettings, model_name
from shared.settings import SettingsError
from tests.eval.generate import COUNT, SEED

DATA = Path(".data/eval")
SOCKET_COUNT = 109
"""So many conversations through the socket, unless N says otherwise: one of each kind."""
MODEL_AT_ONCE = 4
"""Conversations at once with a model that somebody else runs."""


class Prices(NamedTuple):
    """Dollars for a million tokens."""

    input: float = 0.0
    output: float = 0.0


class Options(NamedTuple):
    """`model` None is the offline model."""

    n: int = COUNT
    seed: int = SEED
    only: str = ""
    model: ModelSettings | None = None
    socket: bool = False
    record: bool = False
    prices: Prices = Prices()

    @property
    def standard(self) -> bool:
        """Whether this is the set whose rates are recorded."""
        return (self.n, self.seed, self.only, self.model) == (COUNT, SEED, "", None)

    @property
    def model_name(self) -> str:
        """The model as it is asked for."""
        return f"{self.model.model.provider}:{self.model.model.name}" if self.model else "offline"


def read_options(environment: Mapping[str, str]) -> Options:
    """Raises `SettingsError` with one line that says what is wrong."""
    socket = environment.get("SOCKET", "") not in ("", "0")
    return Options(
        n=_whole(environment, "N", SOCKET_COUNT if socket else COUNT),
        seed=_whole(environment, "SEED", SEED),
        only=environment.get("KIND", ""),
        model=_model(environment) if environment.get("MODEL") else None,
        socket=socket,
        record=environment.get("RECORD", "") not in ("", "0"),
        prices=Prices(_dollars(environment, "PRICE_IN"), _dollars(environment, "PRICE_OUT")),
    )


def _model(environment: Mapping[str, str]) -> ModelSettings:
    key = environment.get("GOOGLE_API_KEY") or environment.get("GEMINI_API_KEY") or ""
    name = model_name("MODEL", environment["MODEL"])
    url = environment.get("GEMINI_BASE_URL") or None
    if name.provider == "gemini" and not (key or url):
        raise SettingsError("GOOGLE_API_KEY is not set: there is nobody to ask as that MODEL.")
    return ModelSettings(
        model=name, api_key=key or "none", base_url=url, first_token_timeout=120, idle_timeout=60
    )


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name) or str(default)
    if not given.isdecimal() or not 1 <= int(given) <= 1_000_000:
        raise SettingsError(f"{name}: expected a whole number from 1 to 1000000.")
    return int(given)


def _dollars(environment: Mapping[str, str], name: str) -> float:
    try:
        return float(environment.get(name) or 0)
    except ValueError:
        raise SettingsError(f"{name}: expected dollars for a million tokens, such as 0.30.") from None
