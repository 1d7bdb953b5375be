"""`python -m tests.bench.publisher REDIS_URL CHUNKS SESSIONS`: a worker without a model, publishing at full speed.

Every chunk goes through the product's emit script, in a frame of its own; SESSIONS is JSON, `[[user, session], ...]`.
"""

import json
import sys
from uuid import UUID, uuid4

import uvloop

from shared.frames.turn_events import AiChunk, AiError, AiStart, open_frame
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys, SessionKeys
from shared.scripts.session_scripts import Emission, SessionScripts, Step
from tests.fakes.stamps import stamp

FENCE = 2**40
"""Above every fence that Postgres gave out."""
AT_ONCE = 5
"""Chunks per session in one pipeline."""


class Speaker:
    """One session's running answer."""

    def __init__(self, keys: SessionKeys) -> None:
        self._keys = keys
        self._turn = uuid4()
        self._told = 0
        self._number = 0

    def opening(self) -> Emission:
        return self._step("open", b"", open_frame(AiStart(self._turn, 1, None, "bench")), echo=[b""])

    def chunk(self) -> Emission:
        text = f"{stamp()}w00001 w0000"
        step = self._step("chunk", text.encode(), open_frame(AiChunk(text, self._turn, 1)))
        self._told += len(text)
        return step

    def ending(self) -> Emission:
        return self._step("end", b"", open_frame(AiError(self._turn, "failed", "The bench is over.", False)))

    def _step(self, step: Step, text: bytes, frame: bytes, *, echo: list[bytes] | None = None) -> Emission:
        self._number += 1
        return Emission(
            self._keys, step, self._number, FENCE, self._turn, 1, [*(echo or ()), frame], text, self._told
        )


async def publish(redis_url: str, chunks: int, sessions: list[tuple[str, str]]) -> None:
    """Open every session's answer, emit `chunks` chunks in all, end the answers."""
    async with open_redis(redis_url, name="publisher", timeout=30.0) as redis:
        scripts = SessionScripts(redis, event_log_max=4096)
        await scripts.load()

        async def send(emissions: list[Emission]) -> None:
            async with redis.pipeline(transaction=False) as pipeline:
                for emission in emissions:
                    scripts.queue_emit(pipeline, emission)
                verdicts = await pipeline.execute()
            if set(verdicts) != {b"ok"}:
                raise RuntimeError(f"the script said {set(verdicts)}")

        speakers = [Speaker(RedisKeys().of_session(user, UUID(session))) for user, session in sessions]
        await send([speaker.opening() for speaker in speakers])
        left = chunks // len(speakers)
        while left:
            rounds = min(AT_ONCE, left)
            await send([speaker.chunk() for speaker in speakers for _ in range(rounds)])
            left -= rounds
        await send([speaker.ending() for speaker in speakers])


if __name__ == "__main__":
    uvloop.run(publish(sys.argv[1], int(sys.argv[2]), [(u, s) for u, s in json.loads(sys.argv[3])]))
