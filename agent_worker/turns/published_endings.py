"""Endings this worker has published, until Postgres knows of it. Written down in batches: publishing one twice is
harmless (the fence sees to that), so it need not cost every turn a statement."""

from agent_worker.turns.turn_store import TurnStore


class PublishedEndings:
    """The fences of endings that are published but not marked."""

    def __init__(self, store: TurnStore) -> None:
        self._store = store
        self._fences: set[int] = set()

    def add(self, fence: int) -> None:
        """This ending reached the event log."""
        self._fences.add(fence)

    def __contains__(self, fence: int) -> bool:
        return fence in self._fences

    async def write_down(self) -> None:
        """Mark all of them in Postgres. Raises one of `UNAVAILABLE`; they are then kept for the next time."""
        if fences := list(self._fences):
            await self._store.mark_published(fences)
            self._fences.difference_update(fences)
