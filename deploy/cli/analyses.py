"""What the gateway's HTTP says of the analyses that answers come from. It only adorns: without it the chat goes on."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import aiohttp
import msgspec

from gateway.wire.server_frames import PageContext
from shared.analysis import Rating
from shared.figure_words import number
from shared.frames.turn_events import AnalysisRef

HTTP_TIMEOUT = aiohttp.ClientTimeout(total=3.0)

T = TypeVar("T")


class Verdict(NamedTuple):
    """What an analysis came to."""

    rating: Rating
    score: float

    def __str__(self) -> str:
        """Such as "Hold 57.9"."""
        return f"{self.rating.title()} {number(self.score, 1)}"


class Step(msgspec.Struct):
    """One row of `GET /api/analyses/{ticker}/history`."""

    id: int
    rating: Rating
    score: float


class Company(msgspec.Struct):
    """One row of `GET /api/analyses`."""

    ticker: str
    name: str


class Analyses:
    """Looks each analysis up once. `close` ends what is being looked up."""

    def __init__(self, url: str, sign: Callable[[], str]) -> None:
        self._url = url
        self._sign = sign
        self._verdicts: dict[int, asyncio.Task[Verdict | None]] = {}

    async def close(self) -> None:
        """End what is being looked up; nothing stays open."""
        for task in self._verdicts.values():
            task.cancel()
        await asyncio.gather(*self._verdicts.values(), return_exceptions=True)

    def look_up(self, analysis: AnalysisRef | PageContext) -> "asyncio.Task[Verdict | None]":
        """Begin to find out what an analysis came to, so that it is known when it is shown."""
        key = analysis.analysis_id or 0
        if key not in self._verdicts:
            self._verdicts[key] = asyncio.create_task(self._ask(analysis))
        return self._verdicts[key]

    async def verdict(self, analysis: AnalysisRef | None) -> Verdict | None:
        """What an analysis came to; None if the gateway does not say within seconds."""
        return await self.look_up(analysis) if analysis else None

    def verdict_now(self, analysis: PageContext | None) -> Verdict | None:
        """What an analysis came to, if that is known by now."""
        task = self._verdicts.get(analysis.analysis_id or 0) if analysis else None
        return task.result() if task and task.done() else None

    async def companies(self) -> list[Company]:
        """All companies; none if the gateway does not say."""
        return await self._get("/api/analyses", list[Company]) or []

    async def _ask(self, analysis: AnalysisRef | PageContext) -> Verdict | None:
        path = f"/api/analyses/{quote(analysis.ticker, safe='')}/history"
        steps = await self._get(path, list[Step]) if analysis.analysis_id else None
        found = (Verdict(step.rating, step.score) for step in steps or () if step.id == analysis.analysis_id)
        return next(found, None)

    async def _get(self, path: str, kind: type[T]) -> T | None:
        headers = {"Authorization": f"Bearer {self._sign()}"}
        try:
            async with (
                aiohttp.ClientSession(timeout=HTTP_TIMEOUT, headers=headers, raise_for_status=True) as http,
                http.get(f"{self._url}{path}") as answer,
            ):
                return msgspec.json.decode(await answer.read(), type=kind)
        except (OSError, aiohttp.ClientError, msgspec.DecodeError):  # a TimeoutError is an OSError
            return None
