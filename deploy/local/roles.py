"""Who may do what on the embedded servers: a user per service, under the rules of `deploy/roles/`.

The same two files are for production. The operator (of Valkey) and the owner (of PostgreSQL) are for `make run`
itself and for people; no service knows their passwords.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from shared.db.database import connected

Service = Literal["gateway", "worker"]
SERVICES: tuple[Service, ...] = ("gateway", "worker")
OPERATOR = "tickertalk_operator"
RULES = Path(__file__).parent.parent / "roles"


def user_of(service: Service) -> str:
    """The name of a service's user, the same on both servers."""
    return f"tickertalk_{service}"


def acl(passwords: Mapping[str, str]) -> str:
    """The contents of Valkey's ACL file; `passwords` of "operator" and of every service. It holds their hashes only."""
    rules = (RULES / "valkey.acl").read_text("utf-8")
    for name, password in passwords.items():
        rules = rules.replace(f"{name.upper()}_SHA256", sha256(password.encode()).hexdigest())
    return rules


def rights() -> str:
    """The SQL of the rules, a transaction of its own, without the lines that are for psql."""
    lines = (RULES / "postgres.sql").read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("\\"))


async def put_roles(database_url: str, passwords: Mapping[Service, str]) -> None:
    """Create the services' roles in the database of `database_url`, the owner's, or bring them up to date.

    Raises what asyncpg raises.
    """
    async with connected(database_url) as connection:
        await connection.execute(rights())
        for service, password in passwords.items():
            statement = "select format('alter role %I login password %L', $1::text, $2::text)"
            await connection.execute(await connection.fetchval(statement, user_of(service), password))


def url_for(service: Service, url: str, password: str) -> str:
    """`url` with the service's user instead of the one it names."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user_of(service)}:{quote(password, safe='')}@{where}").geturl()
