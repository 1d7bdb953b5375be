"""Text of the socket to frames and back."""

from enum import Enum
from uuid import UUID

import msgspec

from gateway.wire.client_frames import ClientFrame
from gateway.wire.server_frames import ServerFrame

_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_encoder = msgspec.json.Encoder()


def decode_frame(text: str) -> ClientFrame:
    """Read a client's frame. Raises `ValueError` for anything that is not one."""
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def encode_frame(frame: ServerFrame) -> str:
    """Write a frame of the gateway."""
    return _encoder.encode(frame).decode()


class Level(Enum):
    """How much a socket hears: chunks and endings, or every frame (contract §1)."""

    SEED = "seed"
    FULL = "full"


_CHUNK, _COMPLETE, _AI_ERROR = '{"type":"ai_chunk"', '{"type":"ai_complete"', '{"type":"ai_error"'
_ERROR = '{"type":"error"'


def at_seed_level(frame: str) -> str | None:
    """What a seed-level socket hears of a session event: chunks, endings, errors under their plain name."""
    if frame.startswith((_CHUNK, _COMPLETE)):
        return frame
    if frame.startswith(_AI_ERROR):
        return _ERROR + frame[len(_AI_ERROR) :]
    return None


def ends(frame: str, turn: UUID) -> bool:
    """Whether a session event is the ending of this turn. It need not be decoded: inside a text of JSON every
    quotation mark is escaped, so only a key and its value look like this."""
    return frame.startswith((_COMPLETE, _AI_ERROR)) and f'"turn_id":"{turn}"' in frame
