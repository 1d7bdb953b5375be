"""What a scripted Gemini server answers: the script of one call, and the bytes that follow from it.

A script is given by markers in the question (``Why? [[chunks=20 delay=0.05 cut=3 times=1]]``), by
``POST /script`` or by ``GeminiServer.script()``. Markers win over both. Fields that name a trouble say after
how many chunks it happens, and ``times`` for how many first calls of this question (0: every call).

    chunks=8 size=12      the answer is `chunks` pieces of `size` characters each
    first=0.0 delay=0.0   seconds before the first chunk, and between chunks; 0 writes them in few big writes
    fail=429              answer with this HTTP status; `retry_after=2` adds the header, `quota=1` says
                          that the day's quota is used up (429 only)
    cut=3                 drop the connection after 3 chunks
    eof=3                 end properly after 3 chunks, without a finishReason
    stall=3               send 3 chunks, then nothing for ever
    hold=3                send 3 chunks, then wait until released (hold=0: before the headers)
    finish=SAFETY         the last chunk's finishReason (STOP, MAX_TOKENS, SAFETY, ...; nothing: none)
    block=SAFETY          no candidates, promptFeedback.blockReason
    call=find_company     the last chunk is a functionCall of this name, without a signature
    calls=a(x:1)+b;c      rounds of function calls before the answer: see gemini_calls (`rounds` when not a marker)
    in_round=1            troubles happen in this round only (0: the first answer)
    stamp=1               every chunk's text begins with the time (see `stamps`), for measuring latency
    vary=1                each call of the question gets another answer, as a real model's would be
    raw                   (not as a marker) the exact JSON of each chunk, instead of all of the above
"""

import hashlib
import re
from collections.abc import Iterator

import msgspec

from tests.fakes.gemini_calls import Round, chunks_of, rounds_in, signature
from tests.fakes.stamps import stamp

MARKER = re.compile(r"\s*\[\[([^\]]*)\]\]")


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one call is answered. See the module's docstring."""

    chunks: int = 8
    size: int = 12
    first: float = 0.0
    delay: float = 0.0
    fail: int = 0
    retry_after: float | None = None
    quota: bool = False
    cut: int | None = None
    eof: int | None = None
    stall: int | None = None
    hold: int | None = None
    finish: str = "STOP"
    block: str | None = None
    call: str | None = None
    stamp: bool = False
    vary: bool = False
    times: int = 0
    calls: str = ""
    rounds: tuple[Round, ...] = ()
    in_round: int | None = None
    round: int = 0
    raw: tuple[str, ...] = ()

    @property
    def all_rounds(self) -> tuple[Round, ...]:
        """The rounds of calls, however they were given."""
        return self.rounds or rounds_in(self.calls)

    def for_call(self, number: int, round: int = 0) -> "Script":
        """The script of this question's `number`-th call (from 1), which asks for `round` (from 0): troubles are
        over after `times` calls, and in other rounds than `in_round`."""
        here = msgspec.structs.replace(self, round=round)
        if (not self.times or number <= self.times) and self.in_round in (None, round):
            return here
        return msgspec.structs.replace(
            here,
            fail=0,
            quota=False,
            cut=None,
            eof=None,
            stall=None,
            hold=None,
            finish="STOP",
            block=None,
            call=None,
        )


def script_in(question: str, default: Script) -> Script:
    """`default` with the question's markers laid over it. Raises `msgspec.ValidationError` on a bad marker."""
    found: dict[str, str] = {}
    for marker in MARKER.findall(question):
        for word in marker.split():
            key, equals, value = word.partition("=")
            found[key] = value if equals else "1"
    return overlaid(default, found)


def overlaid(default: Script, fields: dict[str, object] | dict[str, str]) -> Script:
    """`default` with `fields` (texts are read as the fields' types) laid over it."""
    return msgspec.convert({**msgspec.structs.asdict(default), **fields}, Script, strict=False)


def answer_text(question: str, script: Script | None = None, call: int = 1) -> str:
    """The whole answer to `question`: unique per question, numbered words, some beyond ASCII and the BMP."""
    script = script or script_in(question, Script())
    length = script.chunks * script.size
    digest = hashlib.sha256(question.encode()).hexdigest()[:8]
    opening = f"Answer {digest}{f' of call {call}' if script.vary else ''} – €5 $3.10 P/E 😀"
    more = -(-max(0, length - len(opening) - 1) // len(" w00001"))
    words = [opening, *(f"w{number:05d}" for number in range(1, more + 1))]
    return " ".join(words)[:length].ljust(length, ".")


def chunk_texts(question: str, script: Script, call: int = 1) -> list[str]:
    """The answer cut into its chunks."""
    text = answer_text(question, script, call)
    return [text[n * script.size : (n + 1) * script.size] for n in range(script.chunks)]


def sse_events(
    question: str, script: Script, *, model: str, prompt_tokens: int, call: int = 1
) -> Iterator[bytes]:
    """The server-sent events of one answer, one per chunk, made when asked for (so that stamps are fresh)."""
    if script.raw:
        yield from (b"data: %s\r\n\r\n" % raw.encode() for raw in script.raw)
        return
    if script.block:
        yield event({"promptFeedback": {"blockReason": script.block}, **trailer(model, prompt_tokens, 0)})
        return
    rounds = script.all_rounds
    if script.round < len(rounds):
        chunks = chunks_of(question, rounds[script.round], script.round)
        for at, parts in enumerate(chunks, 1):
            ending = script.finish if at == len(chunks) else ""
            yield event({**candidate_of(parts, ending), **trailer(model, prompt_tokens, 3 * at)})
        return
    texts = chunk_texts(question, script, call)
    for at, text in enumerate(texts):
        last = at == len(texts) - 1
        part: dict[str, object] = {"text": f"{stamp()}{text}" if script.stamp else text}
        if last and script.call:
            part = {"functionCall": {"name": script.call, "args": {"name": "Coca-Cola", "n": 3}}}
        if last and rounds:
            part["thoughtSignature"] = signature(question, len(rounds))
        yield event(
            {
                **candidate_of([part], script.finish if last else ""),
                **trailer(model, prompt_tokens, 3 * (at + 1)),
            }
        )


def candidate_of(parts: list[dict[str, object]], finish: str) -> dict[str, object]:
    """What a chunk begins with: its parts, and the finish reason of the last one."""
    candidate: dict[str, object] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    return {"candidates": [candidate]}


def whole_answer(question: str, script: Script, model: str, number: int) -> bytes:
    """The answer as one JSON body, for `:generateContent`."""
    chunks = [
        msgspec.json.decode(event.removeprefix(b"data: "))
        for event in sse_events(question, script, model=model, prompt_tokens=len(question) // 4, call=number)
    ]
    if "candidates" in chunks[-1]:
        parts = [part for chunk in chunks for part in chunk["candidates"][0]["content"]["parts"]]
        chunks[-1]["candidates"][0]["content"]["parts"] = parts
    return msgspec.json.encode(chunks[-1])


def trailer(model: str, prompt_tokens: int, answer_tokens: int) -> dict[str, object]:
    """What every chunk ends with: usage so far (cumulative), the model's version, the response's id."""
    return {
        "usageMetadata": {
            "promptTokenCount": prompt_tokens,
            "candidatesTokenCount": answer_tokens,
            "totalTokenCount": prompt_tokens + answer_tokens,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt_tokens}],
        },
        "modelVersion": model,
        "responseId": "scripted",
    }


def event(chunk: dict[str, object]) -> bytes:
    return b"data: %s\r\n\r\n" % msgspec.json.encode(chunk)


def error_body(script: Script, why: str = "") -> bytes:
    """The JSON body of a failing call, in the shape of the Gemini API; `why` is its message if it is given."""
    words = {
        400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
        403: ("PERMISSION_DENIED", "The caller does not have permission."),
        404: ("NOT_FOUND", "models/none is not found for API version v1beta."),
        429: (
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota, please check your plan and billing details.",
        ),
        500: ("INTERNAL", "An internal error has occurred."),
        503: ("UNAVAILABLE", "The model is overloaded. Please try again later."),
        504: ("DEADLINE_EXCEEDED", "The service is unable to finish processing within the deadline."),
    }
    status, message = words.get(script.fail, ("UNKNOWN", "Scripted failure."))
    details: list[dict[str, object]] = []
    if script.fail == 429:
        period = "PerDay" if script.quota else "PerMinute"
        quota_id = f"GenerateRequests{period}PerProjectPerModel"
        details.append(
            {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": quota_id}]}
        )
    return msgspec.json.encode(
        {"error": {"code": script.fail, "message": why or message, "status": status, "details": details}}
    )
