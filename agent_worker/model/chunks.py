"""What a model says, in words that are no provider's: text, calls of tools, what it cost, how it ended."""

from typing import Literal, NamedTuple

FinishReason = Literal["stop", "max_tokens", "safety", "tool_calls", "error"]
"""How a model's turn ended: said all; cut by its length; refused; waits for the results of its calls; broke."""


class ToolCall(NamedTuple):
    """The model asks for a tool: its name, and its arguments as a JSON object. A result is given under `id`."""

    id: str
    name: str
    arguments: str


class ModelChunk(NamedTuple):
    """What one read of the stream brought. Token counts are totals of this call so far, 0 where nothing was said.

    Text that is the model's thinking is not part of `text`. Only the last chunk of a call has a `finish_reason`;
    with it come the provider's own word for it (`said`, for logs) and the name of the model that answered.
    `parts` is what the provider sent, for giving it back (`messages.model_message`); only that provider's
    own code looks inside.
    """

    text: str = ""
    finish_reason: FinishReason | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    tool_calls: tuple[ToolCall, ...] = ()
    parts: tuple[object, ...] = ()
    said: str = ""
    model: str = ""

    def then(self, later: "ModelChunk") -> "ModelChunk":
        """Both as one."""
        return ModelChunk(
            self.text + later.text,
            later.finish_reason or self.finish_reason,
            later.input_tokens or self.input_tokens,
            later.output_tokens or self.output_tokens,
            self.tool_calls + later.tool_calls,
            self.parts + later.parts,
            later.said or self.said,
            later.model or self.model,
        )
