"""What keeps a gateway's sockets complete, single, and not in each other's way."""

from typing import Any

from tests.faults.mutants import GATEWAY, mutant, swap


@mutant(
    "merge-by-seq", GATEWAY, without="joining replay and live events by seq: what was held is sent as it came"
)
def _() -> None:
    def careless(original: Any) -> Any:
        def settle(self: Any, epoch: str, seq: int) -> Any:
            held, self._held = self._held or [], None
            self.epoch, self.seq = epoch, max([seq, *(live.seq for live in held)])
            return held

        return settle

    swap("gateway.session.follower:Follower", "settle", careless)


@mutant("hold-live", GATEWAY, without="holding live events while a replay is read: they are dropped")
def _() -> None:
    def careless(original: Any) -> Any:
        def settle(self: Any, epoch: str, seq: int) -> Any:
            self._held = []
            return original(self, epoch, seq)

        return settle

    swap("gateway.session.follower:Follower", "settle", careless)


@mutant("confirm", GATEWAY, without="waiting for the subscription's confirmation before the replay is read")
def _() -> None:
    def hasty(original: Any) -> Any:
        async def follow(self: Any, channel: bytes) -> None:
            self._followed.add(channel)
            done = self._awaited.setdefault(channel, __import__("asyncio").get_running_loop().create_future())
            if self._pubsub is not None:
                await self._pubsub.subscribe(channel)
            done.add_done_callback(lambda _: self._awaited.pop(channel, None))

        return follow

    swap("gateway.relay.event_pump:EventPump", "follow", hasty)


@mutant(
    "late-unsubscribe", GATEWAY, without="looking once more whether somebody came back before unsubscribing"
)
def _() -> None:
    def forget(original: Any) -> Any:
        def gone(self: Any, channel: bytes) -> bool:
            return channel in self._sessions

        return gone

    swap("gateway.managers.websocket_manager:ConnectionManager", "_gone", forget)


@mutant("unsubscribe", GATEWAY, without="unsubscribing at all")
def _() -> None:
    def hoarding(original: Any) -> Any:
        async def unfollow(self: Any, channel: bytes) -> None:
            return

        return unfollow

    swap("gateway.relay.event_pump:EventPump", "unfollow", hoarding)


@mutant("supervised-pump", GATEWAY, without="connecting the subscriber again when it is lost")
def _() -> None:
    def once(original: Any) -> Any:
        async def run(self: Any) -> None:
            await self._listen()

        return run

    swap("gateway.relay.event_pump:EventPump", "run", once)


@mutant("own-heartbeat", GATEWAY, without="listening to the own heartbeat: a deaf connection is not noticed")
def _() -> None:
    swap("gateway.relay.event_pump", "SILENCE", lambda _: 3600.0)


@mutant("resync", GATEWAY, without="the resync after a subscription was confirmed a second time")
def _() -> None:
    def calm(original: Any) -> Any:
        def resync(self: Any, channel: bytes) -> None:
            return

        return resync

    swap("gateway.managers.websocket_manager:ConnectionManager", "resync", calm)


@mutant("outbox-bound", GATEWAY, without="the bound of a socket's outbox")
def _() -> None:
    swap("gateway.managers.connection:Connection", "_too_slow", lambda _: lambda self: False)
    endless_patience()


def endless_patience() -> None:
    """Neither a frame that is not taken nor a PING that is not answered ends a socket."""
    swap("gateway.managers.connection", "SEND_TIMEOUT", lambda _: 3600.0)
    swap("gateway.server.uvicorn_server", "PING_SECONDS", lambda _: 3600.0)
    swap("gateway.server.uvicorn_server", "UNACKNOWLEDGED_MS", lambda _: 3_600_000)


@mutant(
    "bounded-stop", GATEWAY, without="the limits on how long a stopping gateway waits for who does not read"
)
def _() -> None:
    swap("gateway.server.uvicorn_server", "STOP_SECONDS", lambda _: 3600)
    endless_patience()
