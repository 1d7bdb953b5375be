"""Reading the environment once, at start, with one clear line for a bad value.

A service declares its settings as a msgspec Struct; the name of a field in capitals is the variable's name.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from shared.redaction import password_in

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Positive = Annotated[int, msgspec.Meta(gt=0)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]


class SettingsError(Exception):
    """A variable is missing or bad. Its text is the one line the process stops with."""


class CommonSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What both services read (contract §6)."""

    database_url: str
    redis_url: str
    event_log_max: Positive = 4096
    log_level: LogLevel = "INFO"
    log_format: Literal["console", "json"] = "console"
    app_env: Literal["development", "production"] = "development"

    def __post_init__(self) -> None:
        check_url("DATABASE_URL", self.database_url, ("postgres", "postgresql"))
        check_url("REDIS_URL", self.redis_url, ("redis", "rediss", "unix"))

    @property
    def production(self) -> bool:
        """Whether the strict rules of production hold."""
        return self.app_env == "production"

    @property
    def secrets(self) -> list[str]:
        """What must never be seen in a log."""
        return [*password_in(self.database_url), *password_in(self.redis_url)]


T = TypeVar("T", bound=CommonSettings)


def read_settings(kind: type[T], environment: Mapping[str, str]) -> T:
    """Read `kind` from environment variables; an empty variable counts as unset.

    Raises `SettingsError` naming the variable, never the value: it may be a secret.
    """
    names = {field.name: field.name.upper() for field in msgspec.structs.fields(kind)}
    given = {field: environment[name] for field, name in names.items() if environment.get(name)}
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in given:
            raise SettingsError(
                f"{names[field.name]} is not set. `make run` sets it; see README, Configuration."
            )
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        name = names.get(place.rstrip("`"), place.rstrip("`")) or "the environment"
        raise SettingsError(f"{name}: {reason[0].lower()}{reason[1:]}." if place else reason) from None


def check_url(name: str, url: str, schemes: tuple[str, ...]) -> None:
    """Raises `ValueError`, which names the variable and not the value."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read when asked for
    except ValueError:
        raise ValueError(f"{name} is not an address: its host or port cannot be read.") from None
    if parts.scheme not in schemes:
        raise ValueError(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
