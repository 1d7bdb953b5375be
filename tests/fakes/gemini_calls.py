"""Function calls of the scripted Gemini: what a round asks for, and whether it comes back as it was.

A round is one answer of the model that ends in calls. What it sends is made of the question and the round alone,
so that a worker that begins anew is asked for the same, and nothing need be remembered. The first call of a round
carries a thought signature, as Gemini's do: with one call a round each has one, of parallel calls only the first.
"""

import base64
import hashlib
import re
from typing import Any

import msgspec

Json = dict[str, Any]
_CALL = re.compile(r"(\w+)(?:\(([^)]*)\))?")


class ScriptedCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A function call; `args` is any JSON object."""

    name: str
    args: Json = {}


class Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one answer asks for. `text` is said before; `apart` sends each call in a chunk of its own."""

    calls: tuple[ScriptedCall, ...]
    text: str = ""
    apart: bool = False


def rounds_in(marker: str) -> tuple[Round, ...]:
    """`get_analysis(ticker:KO)+get_analysis(ticker:PEP);now`: rounds by `;`, parallel calls by `+`, texts as arguments."""
    return tuple(
        Round(
            tuple(
                ScriptedCall(name, dict(pair.split(":", 1) for pair in args.split(",") if ":" in pair))
                for name, args in (match.groups("") for match in _CALL.finditer(one))
            )
        )
        for one in marker.split(";")
        if one
    )


def chunks_of(question: str, round: Round, number: int) -> list[list[Json]]:
    """The parts of each chunk of round `number` (from 0)."""
    words = [[{"text": piece}] for piece in re.findall(r"\s*\S+\s*", round.text)]
    calls: list[Json] = [
        {
            "functionCall": {
                "id": f"call-{_mark(question, number, at)[:8]}",
                "name": call.name,
                "args": call.args,
            }
        }
        for at, call in enumerate(round.calls)
    ]
    if calls:
        calls[0]["thoughtSignature"] = signature(question, number)
    return [*words, *([call] for call in calls)] if round.apart else [*words, calls]


def signature(question: str, number: int) -> str:
    """The thought signature of a round; of the text at last when `number` is the number of rounds."""
    return base64.b64encode(_mark(question, number, "signature").encode()).decode()


def turns_since_the_question(contents: list[Json]) -> list[Json]:
    """The contents after the last one that a person wrote."""
    asked = [
        at for at, content in enumerate(contents) if content.get("role", "user") == "user" and _text(content)
    ]
    return contents[asked[-1] + 1 :] if asked else []


def question_in(contents: list[Json]) -> str:
    """What a person wrote last."""
    return next(
        (
            text
            for content in reversed(contents)
            if content.get("role", "user") == "user" and (text := _text(content))
        ),
        "",
    )


def why_changed(question: str, rounds: tuple[Round, ...], contents: list[Json]) -> str | None:
    """What came back otherwise than this script sent it; None if nothing did, or the script sends no calls."""
    models = [
        content["parts"] for content in turns_since_the_question(contents) if content.get("role") == "model"
    ]
    for number, (round, came) in enumerate(zip(rounds, models, strict=False)):
        sent = [part for parts in chunks_of(question, round, number) for part in parts]
        if [part for part in came if "text" not in part] != [part for part in sent if "text" not in part]:
            return f"the calls of round {number} came back changed"
        if "".join(part.get("text", "") for part in came) != "".join(part.get("text", "") for part in sent):
            return f"the text of round {number} came back changed"
    return None


def why_no_conversation(contents: list[Json]) -> str | None:
    """What Gemini 3 refuses in a conversation with calls; None if it would take it.

    Each turn of the model since the question has a signature on its first call, and the content after a turn with
    calls has one response for each, by id and name.
    """
    current = turns_since_the_question(contents)
    open_calls: list[Json] = []
    for content in contents:
        calls = [part for part in content["parts"] if "functionCall" in part]
        responses = [part["functionResponse"] for part in content["parts"] if "functionResponse" in part]
        if calls and any(content is one for one in current) and not calls[0].get("thoughtSignature"):
            return "Function call is missing a thought_signature in functionCall parts"
        answered = sorted((str(one.get("id")), str(one.get("name"))) for one in responses)
        asked = sorted(
            (str(one["functionCall"].get("id")), str(one["functionCall"].get("name"))) for one in open_calls
        )
        if answered != asked:
            return "the function response parts are not those of the function call parts of the turn before"
        if any(not isinstance(one.get("response"), dict) for one in responses):
            return "a function response is an object"
        open_calls = calls
    return "the last function calls have no response" if open_calls else None


def _text(content: Json) -> str:
    return "".join(part.get("text", "") for part in content["parts"][-1:])


def _mark(*what: object) -> str:
    return hashlib.sha256("/".join(map(str, what)).encode()).hexdigest()[:24]
