"""Reading the environment once, at start, with one clear line for a bad value.

A service declares its settings as a msgspec Struct; the name of a field in capitals is the variable's name.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from shared.redaction import password_in

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Seconds = Annotated[float, msgspec.Meta(ge=0.1, le=3600)]
"""Every number has both bounds: `inf` and `1e12` are seconds too, after which nothing happens any more."""


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
    metrics_host: str = "127.0.0.1"
    metrics_port: Port | None = None

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
        if not place:
            raise SettingsError(reason) from None  # from `__post_init__`, in words of its own
        field = next(f for f in msgspec.structs.fields(kind) if f.name == place.rstrip("`"))
        raise SettingsError(f"{names[field.name]} must be {_allowed(field.type)}.") from None


def _allowed(kind: object) -> str:
    """What a field of this type may be, in words."""
    match msgspec.inspect.type_info(kind):
        case msgspec.inspect.IntType(ge=least, le=most):
            return f"a whole number from {least} to {most}"
        case msgspec.inspect.FloatType(ge=least, le=most):
            return f"a number from {least} to {most}"
        case msgspec.inspect.LiteralType(values=words):
            return "one of " + ", ".join(map(str, words))
    return "a text"


def check_url(name: str, url: str, schemes: tuple[str, ...]) -> None:
    """Raises `ValueError`, which names the variable and not the value."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read when asked for
    except ValueError:
        raise ValueError(f"{name} is not an address: its host or port cannot be read.") from None
    if parts.scheme not in schemes:
        raise ValueError(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
