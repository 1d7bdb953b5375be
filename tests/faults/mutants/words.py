"""What keeps the words on the screen whole and single."""

from typing import Any

from tests.faults.mutants import GATEWAY, WORKER, edit_script, mutant, swap


@mutant("step-dedupe", WORKER, without="recognising a chunk that was taken before")
def _() -> None:
    edit_script("emit.lua", "if number <= last then return 'repeated' end", "")
    edit_script("emit.lua", "if number ~= last + 1 then return 'lost' end", "")
    edit_script(
        "emit.lua",
        "redis.call('APPEND', running, text) ~= before + #text",
        "not redis.call('APPEND', running, text)",
    )


@mutant("ending-dedupe", WORKER, without="recognising an ending that was told before")
def _() -> None:
    edit_script("emit.lua", "if fence <= ended then return 'repeated' end", "")


@mutant("adopt", WORKER, without="taking over what was shown: a stop after a crash ends in nothing")
def _() -> None:
    def forgetful(original: Any) -> Any:
        async def stopped(self: Any) -> Any:
            from shared.frames.turn_events import Usage

            await self._publisher.drain()
            return self._answer("cancelled", Usage())

        return stopped

    swap("agent_worker.turns.turn_executor:TurnExecutor", "_stopped", forgetful)


@mutant("adopt-reset", WORKER, without="the reset where what was shown is lost")
def _() -> None:
    def silent(original: Any) -> Any:
        def opened(self: Any, context: Any) -> None:
            if not self._running.claim.cancel_requested:
                original(self, context)

        return opened

    swap("agent_worker.turns.turn_executor:TurnExecutor", "_open", silent)


@mutant(
    "incarnation",
    GATEWAY,
    WORKER,
    without="the name of the server's run: numbers go on after a loss of the last writes",
)
def _() -> None:
    for script in ("announce.lua", "emit.lua", "adopt.lua", "catch_up.lua"):
        edit_script(script, "if state[1] and state[2] == RUN then", "if state[1] then")
    edit_script("emit.lua", "if state[4] ~= RUN then return 'lost' end", "")


@mutant("lost-verdict", WORKER, without="noticing that Redis lost the session")
def _() -> None:
    edit_script("emit.lua", "if not state[1] then return 'lost' end", "if not state[1] then return 'ok' end")


@mutant("reset", WORKER, without="the reset: a second attempt goes on where the first one broke off")
def _() -> None:
    def no_reset(original: Any) -> Any:
        def emit(self: Any, step: Any, frames: Any, **more: Any) -> Any:
            kept = [
                frame
                for frame in frames
                if b'"ai_reset"' not in frame and (b'"ai_start"' not in frame or self._permit.attempt == 1)
            ]
            return original(self, step, kept, **more)

        return emit

    swap("agent_worker.emit.turn_publisher:TurnPublisher", "_emit", no_reset)


@mutant(
    "lookup-reset", WORKER, without="dropping the notes of the attempt before: its look-ups and figures stay"
)
def _() -> None:
    edit_script("emit.lua", "  redis.call('DEL', notes)\n", "")


@mutant("load-script", WORKER, without="loading the script again into a server that was restarted")
def _() -> None:
    def once(original: Any) -> Any:
        loaded = False

        async def load(self: Any) -> None:
            nonlocal loaded
            if not loaded:
                loaded = True
                await original(self)

        return load

    swap("shared.scripts.session_scripts:SessionScripts", "load", once)


@mutant("replay", GATEWAY, without="the replay of what was missed")
def _() -> None:
    edit_script("catch_up.lua", "frames[#frames + 1] = entry[2][4]", "")


@mutant("trimmed-log", GATEWAY, without="noticing that the log no longer holds what was missed")
def _() -> None:
    edit_script("catch_up.lua", "if first[1] and first[1][1] == (seen + 1) .. '-0' then", "if first[1] then")


@mutant("epoch", GATEWAY, without="the epoch: numbers of a lost log count as the same numbers")
def _() -> None:
    edit_script(
        "catch_up.lua", "if ARGV[1] == epoch and seen and seen <= seq then", "if seen and seen <= seq then"
    )


@mutant("finish-gate", WORKER, without="the finish reason: a stream that just ends is an answer")
def _() -> None:
    def gullible(original: Any) -> Any:
        async def following(self: Any, stream: Any) -> Any:
            from agent_worker.model.chunks import ModelChunk
            from agent_worker.model.errors import AnswerCutError

            try:
                return await original(self, stream)
            except AnswerCutError:
                return ModelChunk("", finish_reason="stop")

        return following

    swap("agent_worker.model.gemini.gemini_model:GeminiModel", "_next", gullible)


@mutant("idle-timer", WORKER, without="the idle timer: a stalled stream is waited for")
def _() -> None:
    def endless(original: Any) -> Any:
        def init(self: Any, *args: Any, idle_timeout: float, **options: Any) -> None:
            original(self, *args, idle_timeout=3600.0, **options)

        return init

    swap("agent_worker.model.gemini.gemini_model:GeminiModel", "__init__", endless)


@mutant("model-retry", WORKER, without="trying a refused model call again")
def _() -> None:
    swap(
        "agent_worker.model.gemini.gemini_model",
        "worth_trying_again",
        lambda _: lambda error: False,
    )
