"""What keeps the door: the idempotency key, caps, and the client's own part."""

from typing import Any

from tests.faults.mutants import CLIENT, GATEWAY, mutant, swap


@mutant("turn-key", GATEWAY, without="the turn's key: a question sent again is a new one")
def _() -> None:
    def forgetful(original: Any) -> Any:
        async def accept(self: Any, session: Any, question: Any) -> Any:
            from uuid import uuid4

            from gateway.store.conversations import Accepted

            accepted = await original(self, session, question)
            if accepted.status == "duplicate":
                accepted = await original(self, session, question._replace(turn=uuid4()))
                return Accepted("accepted", 0, accepted.context_ticker)
            return accepted

        return accept

    swap("gateway.store.conversations:Conversations", "accept", forgetful)


@mutant("client-resend", CLIENT, without="the client's resend of what was not acknowledged")
def _() -> None:
    """Applied by `World.tab`: it is the client that is broken."""


@mutant("backlog-cap", GATEWAY, without="the cap on unfinished turns")
def _() -> None:
    def open_door(original: Any) -> Any:
        def init(self: Any, database: Any, *, backlog_max: int, **options: Any) -> None:
            original(self, database, backlog_max=10**6, **options)

        return init

    swap("gateway.store.conversations:Conversations", "__init__", open_door)


@mutant("queue-cap", GATEWAY, without="the cap on a session's waiting turns")
def _() -> None:
    swap("gateway.store.conversations", "QUEUE", lambda _: 10**6)


@mutant("connection-cap", GATEWAY, without="the cap on Redis connections and on replays at once")
def _() -> None:
    swap("shared.redis_client", "CONNECTIONS", lambda _: 10**6)
    swap("gateway.app", "CATCHING_UP_AT_ONCE", lambda _: 10**6)
