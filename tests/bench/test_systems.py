"""The three systems of the bench answer alike, so that what is compared is comparable."""

import re
from pathlib import Path

import asyncpg

from tests.bench.systems import TICKER, question, running_systems
from tests.bench.usage import CpuMeter, resident_bytes


async def test_all_systems_carry_the_models_chunks_to_a_reader(tmp_path: Path) -> None:
    async with running_systems(tmp_path) as systems:
        for system in systems.all:
            meter = CpuMeter(system.parts)
            listener = await system.connect("alice")
            assert await listener.ask(question(chunks=5)) == "ai_complete"
            assert len(listener.heard) == 5, system.name
            assert all(stamped <= arrived for stamped, arrived in listener.heard)
            assert all(seconds >= 0 for seconds in meter.used().values())
            assert all(resident_bytes(pid) > 1024**2 for pid in system.parts.values())
            listener.close()

        # The monolith asks the model with the same instructions and analysis, and keeps what was said.
        connection = await asyncpg.connect(systems.monolith_database)
        try:
            roles = await connection.fetch("select role from chat_messages order by id")
        finally:
            await connection.close()
        assert [row["role"] for row in roles] == ["user", "assistant"]
        ours, monolith = [
            body["systemInstruction"]["parts"][0]["text"] for body in (await systems.model_requests())[:2]
        ]
        assert re.sub(r"\n<subjects>\n.*?</subjects>\n", "\n\n", ours, flags=re.DOTALL) == monolith
        assert f"({TICKER})" in ours
