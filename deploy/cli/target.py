"""Which system a command speaks to, as whom, and in which conversation."""

import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import jwt

from deploy.local.data_folder import DamagedError, DataFolder, Running
from deploy.local.settings import read_local_settings
from shared.settings import SettingsError

TOKEN_SECONDS = 3600
MIN_SECRET_BYTES = 32


class TargetError(Exception):
    """Something is missing to speak to the system. Its text says what to do."""


class Target:
    """The running system: what the environment names, else what `make run` left in the data folder."""

    def __init__(self, environment: Mapping[str, str], data: DataFolder) -> None:
        self._environment = {name: value for name, value in environment.items() if value}
        self._data = data

    @property
    def gateway_url(self) -> str:
        """The gateway's address, such as http://127.0.0.1:8000."""
        named = "GATEWAY_PORT" in self._environment or "GATEWAY_HOST" in self._environment
        running = None if named else self._announced()
        if running:
            return running.gateway_url
        try:
            return read_local_settings(self._environment).url
        except SettingsError as error:
            raise TargetError(str(error)) from None

    @property
    def redis_url(self) -> str:
        """The address of the system's Redis."""
        return self._environment.get("REDIS_URL") or self._running("REDIS_URL").redis_url

    @property
    def import_redis_url(self) -> str:
        """The Redis that belongs to `database_url`; empty where only the database is named."""
        return self._environment.get("REDIS_URL") or (
            "" if "DATABASE_URL" in self._environment else self.redis_url
        )

    @property
    def database_url(self) -> str:
        """The address of the system's database."""
        return self._environment.get("DATABASE_URL") or self._running("DATABASE_URL").database_url

    def sign_token(self, user: str) -> str:
        """A token of `user`, valid for an hour. Only for development: in production nobody signs by hand."""
        if self._environment.get("APP_ENV") == "production":
            raise TargetError("In production tokens come from your sign-in, not from here.")
        now = int(time.time())
        claims: dict[str, object] = {"sub": user, "iat": now, "exp": now + TOKEN_SECONDS}
        for claim, name in (("aud", "JWT_AUDIENCE"), ("iss", "JWT_ISSUER")):
            if name in self._environment:
                claims[claim] = self._environment[name]
        return jwt.encode(claims, self._secret(), algorithm="HS256")

    def last_session(self, user: str) -> UUID | None:
        """The conversation this user was in last."""
        try:
            return UUID(self._session_file(user).read_text().strip())
        except (FileNotFoundError, ValueError):
            return None

    def remember_session(self, user: str, session: UUID) -> None:
        """The next `make chat` goes on with this conversation."""
        file = self._session_file(user)
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text(f"{session}\n")
        except OSError as error:
            raise TargetError(f"Cannot write {file}: {error.strerror or error}.") from None

    def _secret(self) -> str:
        file = self._data.path / "jwt_secret"
        secret = self._environment.get("JWT_SECRET")
        if secret is None and file.exists():
            try:
                secret = self._data.jwt_secret()
            except DamagedError as error:
                raise TargetError(str(error)) from None
        if secret is None:
            raise TargetError(
                "There is no secret to sign a token with: start the system with `make run`, or set JWT_SECRET as it has it."
            )
        if len(secret.encode()) < MIN_SECRET_BYTES:
            raise TargetError(f"JWT_SECRET must be at least {MIN_SECRET_BYTES} bytes long.")
        return secret

    def _running(self, variable: str) -> Running:
        running = self._announced()
        if running is None:
            raise TargetError(
                f"No system runs from this folder; start it with `make run`, or set {variable}."
            )
        return running

    def _announced(self) -> Running | None:
        try:
            return self._data.running()
        except DamagedError as error:
            raise TargetError(str(error)) from None

    def _session_file(self, user: str) -> Path:
        return self._data.path / "chat" / quote(user, safe="")
