"""What keeps two workers from answering one turn."""

from typing import Any

from tests.faults.mutants import WORKER, edit, edit_script, mutant, swap

STORE = "agent_worker.turns.turn_statements"
HELD = "(user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'"


@mutant("finish-fence", WORKER, without="the fence in the finishing transaction")
def _() -> None:
    for statement in ("FINISH", "FAIL"):
        edit(STORE, statement, HELD, "(user_id, session_id, turn_id) = ($1, $2, $3) and $4::bigint > 0")


@mutant("output-fence", WORKER, without="the fence of a chunk in emit.lua")
def _() -> None:
    edit_script("emit.lua", "if fence ~= open or fence <= ended then return 'fenced' end", "")
    edit_script("emit.lua", "if number <= last then return 'repeated' end", "")
    edit_script("emit.lua", "if number ~= last + 1 then return 'lost' end", "")
    edit_script(
        "emit.lua",
        "redis.call('APPEND', running, text) ~= before + #text",
        "not redis.call('APPEND', running, text)",
    )


@mutant("turn-fence", WORKER, without="one fence across turns: the number of the attempt is used instead")
def _() -> None:
    def by_attempt(original: Any) -> Any:
        async def emit(self: Any, step: Any, frames: Any, *, text: str, before: int = 0) -> Any:
            self._permit = self._permit._replace(fence=self._permit.attempt)
            return await original(self, step, frames, text=text, before=before)

        return emit

    swap("agent_worker.emit.turn_publisher:TurnPublisher", "_emit", by_attempt)


@mutant("live-lease", WORKER, without="the look at the lease when claiming: a running turn is claimed again")
def _() -> None:
    edit(STORE, "OLDEST", "status = 'queued' or lease_until < clock_timestamp() as free", "true as free")


@mutant("order-lock", WORKER, without="the lock of the session's row when claiming and finishing")
def _() -> None:
    edit(STORE, "LOCK", "update chat_sessions set updated_at = now() where (user_id, session_id) = ($1, $2)"
                        " returning true", "select true from chat_sessions where (user_id, session_id) = ($1, $2)")  # fmt: skip


@mutant("queue-order", WORKER, without="the order of acceptance: the newest question first")
def _() -> None:
    edit(STORE, "OLDEST", "order by ord limit 1", "order by status desc, ord desc limit 1")


@mutant("takeover", WORKER, without="taking over a turn whose lease ran out")
def _() -> None:
    edit(
        STORE,
        "OLDEST",
        "status = 'queued' or lease_until < clock_timestamp() as free",
        "status = 'queued' as free",
    )


@mutant("lease-keeping", WORKER, without="keeping the leases of running turns")
def _() -> None:
    def deaf(original: Any) -> Any:
        async def beat(self: Any) -> None:
            return

        return beat

    swap("agent_worker.worker:Worker", "_beat", deaf)


@mutant("claim", WORKER, without="claiming before the model is asked: the answer is fetched ahead")
def _() -> None:
    def eager(original: Any) -> Any:
        async def run_turn(self: Any, request: Any) -> Any:
            from agent_worker.workflows.answer_parts import TurnQuestion

            question = TurnQuestion(
                request.user, request.session, request.turn, request.content, request.ticker
            )
            await self._services.graph.answer(question, lambda part: None)
            return await original(self, request)

        return run_turn

    swap("agent_worker.worker:Worker", "_run_turn", eager)
