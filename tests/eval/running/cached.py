"""Keeps the answers of a model that costs money, so that scoring again costs none."""

import hashlib
import re
from pathlib import Path

import msgspec

from agent_worker.workflows.prompts import PROMPT_VERSION
from tests.eval.asked import Case
from tests.eval.reply import Given
from tests.eval.running.ports import Answerer


class Cached:
    """Asks `inner` only what was not asked before, of this model under these instructions."""

    def __init__(self, inner: Answerer, folder: Path, model: str) -> None:
        self._inner = inner
        self._folder = folder / re.sub(r"[^\w.-]", "_", model) / PROMPT_VERSION
        self._folder.mkdir(parents=True, exist_ok=True)

    async def converse(self, case: Case) -> list[Given]:
        """A conversation in which something failed is not kept."""
        path = self._folder / f"{_key(case)}.json"
        if path.exists():
            return msgspec.json.decode(path.read_bytes(), type=list[Given])
        given = await self._inner.converse(case)
        if not any(each.error for each in given):
            path.write_bytes(msgspec.json.encode(given))
        return given


def _key(case: Case) -> str:
    asked = [(turn.page, turn.back, turn.text) for turn in case.turns]
    return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()[:24]
