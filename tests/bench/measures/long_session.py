"""What a turn costs after 999 others, beside one after 19: the history is filled in by SQL."""

from uuid import UUID, uuid4

import asyncpg

from tests.bench.figures import MILLION, middle
from tests.bench.plan import Plan
from tests.bench.runs import say
from tests.bench.systems import Systems, question
from tests.bench.usage import CpuMeter

SHORT, LONG = 19, 999

FILL_TURNS = """
    insert into chat_turns (user_id, session_id, turn_id, status, content, announced, attempt, fence)
    select $1, $2, gen_random_uuid(), 'complete', 'How is turn ' || n || ' different from those before it?',
           true, 1, nextval('chat_fence')
      from generate_series(1, $3::int) n
"""
FILL_MESSAGES = """
    insert into chat_messages (user_id, session_id, turn_id, role, content, finish_reason, model, created_at)
    select user_id, session_id, turn_id, side.role,
           case side.role when 'user' then content else repeat('The yield is 3.1 % and adds 4 points. ', 16) end,
           case side.role when 'assistant' then 'stop' end, 'bench', now()
      from chat_turns, (values ('user'), ('assistant')) side (role)
     where (user_id, session_id) = ($1, $2)
     order by ord, side.role desc
"""


async def measure(systems: Systems, plan: Plan) -> dict[str, dict[str, float]]:
    """Per length: CPU milliseconds of worker and PostgreSQL per turn, and milliseconds from question to ending."""
    say(f"long sessions: writing {plan.long_sessions} of {SHORT} and of {LONG} turns")
    connection = await asyncpg.connect(systems.stack.database_url)
    try:
        sessions = {
            turns: [await _fill(connection, turns) for _ in range(plan.long_sessions)]
            for turns in (SHORT, LONG)
        }
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
    await _ask_each(systems, sessions[SHORT])  # whatever is slow the first time
    runs: dict[int, list[dict[str, float]]] = {SHORT: [], LONG: []}
    for repetition in range(plan.repetitions * 2):
        for turns in (SHORT, LONG) if repetition % 2 else (LONG, SHORT):
            say(f"long sessions: turn {turns + 1} and after, {repetition + 1} of {plan.repetitions * 2}")
            runs[turns].append(await _ask_each(systems, sessions[turns]))
    return {
        f"turn_{turns + 1}": {key: middle(run[key] for run in of_length) for key in of_length[0]}
        for turns, of_length in runs.items()
    }


async def _fill(connection: asyncpg.Connection, turns: int) -> tuple[str, UUID]:
    user, session = f"long-{uuid4()}", uuid4()
    async with connection.transaction():
        await connection.execute(
            "insert into chat_sessions (user_id, session_id, title) values ($1, $2, 'bench')", user, session
        )
        await connection.execute(FILL_TURNS, user, session, turns)
        await connection.execute(FILL_MESSAGES, user, session)
    return user, session


async def _ask_each(systems: Systems, sessions: list[tuple[str, UUID]]) -> dict[str, float]:
    """One turn in each session, one after the other."""
    listeners = [await systems.ours.connect(user, str(session)) for user, session in sessions]
    meter, took = CpuMeter(systems.ours.parts), []
    for listener in listeners:
        await listener.ask(question(chunks=5))
        took.append((listener.first["ai_complete"] - listener.asked) / MILLION)
    used = meter.used()
    for listener in listeners:
        listener.close()
    return {
        "worker_cpu_ms": 1000 * used["worker"] / len(sessions),
        "postgres_cpu_ms": 1000 * used["postgres"] / len(sessions),
        "time_ms": middle(took),
    }
