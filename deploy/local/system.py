"""What `make run` runs: servers, the data in them, the services. Told in the order in which things happen."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from signal import SIGTERM

from deploy.local.data_folder import DataFolder, Running
from deploy.local.offline import OfflineModel, wanted
from deploy.local.ports import free_port, port_is_free
from deploy.local.postgres import Postgres
from deploy.local.preparation import check_redis, prepare_database
from deploy.local.processes import Record, StartError, end
from deploy.local.roles import OPERATOR, SERVICES, acl, put_roles, url_for
from deploy.local.roles import Service as Role
from deploy.local.services import Service
from deploy.local.settings import LocalSettings
from deploy.local.supervisor import Supervisor
from deploy.local.valkey import Valkey
from deploy.local.web_app import GatewayOfWebApp, build_web_app
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys

VALKEY_PORT = 6390
POSTGRES_PORT = 5490
"""Used when free, so that an address in somebody's shell history still works tomorrow."""

NOT_FOR: dict[Role, tuple[str, ...]] = {
    "gateway": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "worker": ("JWT_SECRET", "JWT_PUBLIC_KEY", "JWT_JWKS_URL"),
}
"""Secrets that a service has no use for."""

SERVICE_GRACE = 5.0
"""Seconds a service has to end when all stops: an answer cut short is taken up again at the next start."""


class LocalSystem:
    """One run of everything; `say` prints a line for the person who started it."""

    def __init__(
        self,
        settings: LocalSettings,
        data: DataFolder,
        environment: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._data = data
        self._environment = environment
        self._say = say
        self._offline = self._offline_model() if wanted(environment) else None

    async def run(self) -> None:
        """Start all, say so, and keep it running until cancelled. `StartError` if it cannot start."""
        await self._end_leftovers()
        self._check_port()
        built = asyncio.create_task(build_web_app(self._environment))
        try:
            await self._run_with(built)
        finally:
            built.cancel()
            await asyncio.gather(built, return_exceptions=True)

    async def _run_with(self, built: "asyncio.Future[None]") -> None:
        """As `run`, with the web app on its way."""
        async with Supervisor(self._say) as supervisor:
            database_url, redis_url = await self._start_servers(supervisor)
            await prepare_database(database_url, self._hint("postgres"), self._say)
            await check_redis(redis_url, self._hint("valkey"))
            if self._settings.embedded_postgres:
                await put_roles(database_url, {role: self._password(role) for role in SERVICES})
            if self._offline:
                await supervisor.start(self._offline.service)
            services = self._services(database_url, redis_url)
            for gateway in services:
                if isinstance(gateway, GatewayOfWebApp):
                    gateway.built = built
            await supervisor.start(*services)
            self._data.announce(Running(self._settings.url, database_url, redis_url))
            try:
                model = await self._model(redis_url)
                self._say(f"Tickertalk is ready: {self._settings.url}  (model: {model}; Ctrl-C stops)")
                await asyncio.Event().wait()
            finally:
                self._data.forget()
                self._say("Stopping…")

    async def _end_leftovers(self) -> None:
        """Services of a run that was killed: Linux has ended them with it, other systems have not."""
        for file in self._data.path.glob("*.pid"):
            record = Record(file)
            if leftover := record.leftover():
                await end(leftover, SIGTERM, SERVICE_GRACE)
            record.clear()

    def _check_port(self) -> None:
        port = self._settings.gateway_port
        try:
            free = port_is_free(port, self._settings.gateway_host)
        except PermissionError:
            raise StartError(
                f"Port {port} is for root only. Choose one from 1024 up: GATEWAY_PORT=8000 make run"
            ) from None
        except OSError as error:
            raise StartError(
                f"GATEWAY_HOST is no address of this machine ({error.strerror or error})."
                " Use 127.0.0.1, or 0.0.0.0 for all its addresses."
            ) from None
        if not free:
            raise StartError(
                f"Port {port} is taken by another program. Stop that one, or choose another port:"
                f" GATEWAY_PORT={port + 1} make run"
            )

    async def _start_servers(self, supervisor: Supervisor) -> tuple[str, str]:
        servers: list[Postgres | Valkey] = []
        database_url, redis_url = self._settings.database_url, self._settings.redis_url
        if self._settings.embedded_postgres:
            servers.append(Postgres(self._data.path / "postgres", port=_prefer(POSTGRES_PORT)))
        if self._settings.embedded_valkey:
            servers.append(self._valkey())
        if servers:
            self._say("Starting " + " and ".join(server.title for server in servers) + "…")
            await supervisor.start(*servers)
        for server in servers:
            if isinstance(server, Postgres):
                database_url = server.url
            else:
                redis_url = server.url
        return database_url, redis_url

    def _valkey(self) -> Valkey:
        users = acl({name: self._password(name) for name in ("operator", *SERVICES)})
        login = (OPERATOR, self._password("operator"))
        return Valkey(self._data.path / "valkey", port=_prefer(VALKEY_PORT), acl=users, login=login)

    def _password(self, name: str) -> str:
        return self._data.secret(f"{name}_password")

    def _hint(self, server: str) -> str:
        """What to do when a server cannot be used."""
        if server == "postgres":
            ours, name = self._settings.embedded_postgres, "DATABASE_URL"
        else:
            ours, name = self._settings.embedded_valkey, "REDIS_URL"
        if ours:
            return f"See {self._data.path}/{server}/{server}.log."
        return f"Correct {name}, or unset it to use the embedded server."

    def _offline_model(self) -> OfflineModel:
        return OfflineModel(
            self._data.log("offline-model"),
            grace=SERVICE_GRACE,
            record=Record(self._data.path / "offline-model.pid"),
        )

    def _services(self, database_url: str, redis_url: str) -> list[Service]:
        settings = self._settings
        quiet = settings.log_level not in ("DEBUG", "INFO")
        roles: dict[str, Role] = {"gateway": "gateway"}
        roles.update((f"worker-{number}", "worker") for number in range(1, settings.workers + 1))
        return [
            (GatewayOfWebApp if role == "gateway" else Service)(
                name,
                [sys.executable, "-m", "gateway" if role == "gateway" else "agent_worker"],
                env=self._environment_of(role, database_url, redis_url),
                log=self._data.log(name),
                url=settings.url if role == "gateway" else "",
                grace=SERVICE_GRACE,
                record=Record(self._data.path / f"{name}.pid"),
                quiet=quiet,
            )
            for name, role in roles.items()
        ]

    def _environment_of(self, role: Role, database_url: str, redis_url: str) -> dict[str, str]:
        """Ours, with the addresses under the service's own users, and without secrets it does not need.

        Servers that somebody else runs are used as they are given: who may do what there is not ours to say.
        """
        if self._settings.embedded_postgres:
            database_url = url_for(role, database_url, self._password(role))
        if self._settings.embedded_valkey:
            redis_url = url_for(role, redis_url, self._password(role))
        environment = {**self._environment, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        if self._offline and role == "worker":
            environment |= self._offline.worker_environment
        if not any(environment.get(name) for name in ("JWT_SECRET", "JWT_JWKS_URL", "JWT_PUBLIC_KEY")):
            environment["JWT_SECRET"] = self._data.jwt_secret()
        return {name: value for name, value in environment.items() if name not in NOT_FOR[role]}

    async def _model(self, redis_url: str) -> str:
        """The model that answers, as a worker has said it."""
        async with open_redis(redis_url, name="make-run") as client:
            name = await client.get(RedisKeys().model)
        return name.decode() if isinstance(name, bytes) else "not known yet"


def _prefer(port: int) -> int:
    return port if port_is_free(port) else free_port()
