"""Chunks of one call add up; a turn and the results of its calls become messages."""

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.messages import ModelTurn, model_message, tool_message, turn_in

CALL = ToolCall("c1", "find", '{"ticker": "KO"}')


def test_chunks_add_up() -> None:
    first = ModelChunk("a", input_tokens=5, output_tokens=1, parts=("p",))
    last = ModelChunk("b", "tool_calls", 0, 4, (CALL,), ("q", "r"), "STOP", "m")
    assert first.then(last) == ModelChunk("ab", "tool_calls", 5, 4, (CALL,), ("p", "q", "r"), "STOP", "m")


def test_a_turn_as_a_message_carries_what_was_sent() -> None:
    message = model_message(ModelChunk("Wait.", "tool_calls", 1, 2, (CALL,), ("p",), "STOP", "m"))
    assert message.content == "Wait."
    assert message.tool_calls == [{"type": "tool_call", "name": "find", "args": {"ticker": "KO"}, "id": "c1"}]
    assert turn_in(message) == ModelTurn("m", ("p",), (CALL,))


def test_arguments_that_are_no_object_are_kept_as_they_are() -> None:
    for arguments in ("[1]", "{", '"x"', ""):
        message = model_message(ModelChunk("", tool_calls=(ToolCall("c", "find", arguments),)))
        assert message.tool_calls == []
        assert [call["args"] for call in message.invalid_tool_calls] == [arguments]


def test_a_result_names_its_call() -> None:
    result = tool_message(CALL, "TOOL: find")
    assert (result.tool_call_id, result.name, result.content) == ("c1", "find", "TOOL: find")
