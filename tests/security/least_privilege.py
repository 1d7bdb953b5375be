"""A stack whose services are nobody special: each under its own user of Valkey and role of PostgreSQL."""

from pathlib import Path
from typing import Any

from deploy.local.ports import free_port
from deploy.local.roles import OPERATOR, SERVICES, Service, acl, put_roles, url_for
from deploy.local.valkey import Valkey
from tests.support.stack import Stack

PASSWORDS = {"operator": "operator-secret", "gateway": "gateway-secret", "worker": "worker-secret"}
"""Roles are of the whole server, so all tests give them the same passwords."""


def valkey_with_users(folder: Path) -> Valkey:
    """A Valkey that knows the services' users; its own address is the operator's."""
    login = (OPERATOR, PASSWORDS["operator"])
    return Valkey(folder, port=free_port(), acl=acl(PASSWORDS), login=login)


async def put_services(database_url: str) -> None:
    """The services' roles in a database."""
    await put_roles(database_url, {service: PASSWORDS[service] for service in SERVICES})


def as_service(service: Service, url: str) -> str:
    """The address under a service's user."""
    return url_for(service, url, PASSWORDS[service])


async def least_privileged(folder: Path, database_url: str, **options: Any) -> Stack:
    """A `Stack`, to be entered, whose gateways and workers have no more rights than they need."""
    await put_services(database_url)
    valkey = valkey_with_users(folder / "valkey")

    def env(service: Service) -> dict[str, str]:
        return {
            "DATABASE_URL": as_service(service, database_url),
            "REDIS_URL": as_service(service, valkey.url),
        }

    gateway_env = {**env("gateway"), **options.pop("gateway_env", {})}
    worker_env = {**env("worker"), **options.pop("worker_env", {})}
    stack = Stack(
        folder, database_url=database_url, gateway_env=gateway_env, worker_env=worker_env, **options
    )
    stack.valkey = valkey
    return stack
