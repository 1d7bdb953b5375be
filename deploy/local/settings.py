"""What `make run` itself reads from the environment; the rest it hands on to the services."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from shared.settings import CommonSettings, read_settings

EMBEDDED = {"DATABASE_URL": "postgresql://embedded", "REDIS_URL": "redis://embedded"}
"""Stand for servers that are started here, because no address is given."""

LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - read here, not listened on
"""What a browser on this machine opens for a gateway that listens there."""


class LocalSettings(CommonSettings, frozen=True, kw_only=True):
    """Where the gateway listens, and how many workers run."""

    gateway_host: str = "127.0.0.1"
    gateway_port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8000
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1

    @property
    def embedded_postgres(self) -> bool:
        """Whether PostgreSQL is started here."""
        return self.database_url == EMBEDDED["DATABASE_URL"]

    @property
    def embedded_valkey(self) -> bool:
        """Whether Valkey is started here."""
        return self.redis_url == EMBEDDED["REDIS_URL"]

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        host = LOOPBACK.get(self.gateway_host, self.gateway_host)
        return f"http://{host}:{self.gateway_port}"


def read_local_settings(environment: Mapping[str, str]) -> LocalSettings:
    """Raises `SettingsError` naming a bad variable."""
    given = {name: value for name, value in environment.items() if value}
    return read_settings(LocalSettings, {**EMBEDDED, **given})
