"""A request taken apart: the turns before, the question asked now, and what was looked up for it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from deploy.offline_model.protocol import Content, FunctionCall, FunctionResponse, Request
from deploy.offline_model.question import split_page


class Turn(NamedTuple):
    """An earlier question, its answer, and the page it was asked on if that was another one than now."""

    question: str
    answer: str
    page: str


class Conversation(NamedTuple):
    """`results` are the texts of look-ups by `key_of` their call; `rounds` how often there were any."""

    question: str
    turns: tuple[Turn, ...]
    results: dict[str, str]
    rounds: int


def key_of(name: str, args: dict[str, Any]) -> str:
    """One string for one look-up, whatever the order of its arguments."""
    return f"{name} {json.dumps(_plain(args), sort_keys=True, default=str)}"


def _plain(value: Any) -> Any:
    """Whole numbers alike, written as 5 or 5.0: some clients send every number as a float."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_conversation(request: Request) -> Conversation:
    """The last text of the user is the question; what follows it are rounds of look-ups."""
    contents = request.contents
    last = max(
        (place for place, each in enumerate(contents) if _is_question(each)), default=len(contents) - 1
    )
    after = contents[last + 1 :]
    return Conversation(
        question=split_page(contents[last].text)[1],
        turns=tuple(_turns(contents[:last])),
        results=dict(_results(after)),
        rounds=sum(any(part.function_call for part in each.parts) for each in after),
    )


def _is_question(content: Content) -> bool:
    return content.role == "user" and bool(content.text.strip())


def _turns(contents: Sequence[Content]) -> Iterator[Turn]:
    question = ""
    for content in contents:
        if _is_question(content):
            question = content.text
        elif content.role == "model" and question and content.text.strip():
            page, text = split_page(question)
            yield Turn(text, content.text, page)
            question = ""


def _results(contents: Sequence[Content]) -> Iterator[tuple[str, str]]:
    """Responses with their calls: by id, else in the order of the calls of that name."""
    waiting: list[FunctionCall] = []
    for content in contents:
        for part in content.parts:
            if part.function_call:
                waiting.append(part.function_call)
            elif part.function_response and (call := _call_of(part.function_response, waiting)):
                waiting.remove(call)
                yield key_of(call.name, call.args), _text(part.function_response.response)


def _call_of(response: FunctionResponse, waiting: Sequence[FunctionCall]) -> FunctionCall | None:
    named = [call for call in waiting if call.name == response.name or not response.name]
    by_id = [call for call in waiting if response.id and call.id == response.id]
    return next(iter(by_id or named), None)


def _text(response: Any) -> str:
    if isinstance(response, dict):
        response = next(
            (response[key] for key in ("result", "output", "content", "error") if key in response), ""
        )
    return response if isinstance(response, str) else json.dumps(response)
