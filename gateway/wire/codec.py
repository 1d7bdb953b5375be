"""Text of the socket to frames and back."""

from uuid import UUID

import msgspec

from gateway.wire.client_frames import ClientFrame
from gateway.wire.server_frames import ServerFrame

_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_encoder = msgspec.json.Encoder()


def decode_frame(text: str) -> ClientFrame:
    """Read a client's frame. Raises `ValueError` for anything that is not one."""
    return _decoder.decode(text)


def encode_frame(frame: ServerFrame) -> str:
    """Write a frame of the gateway."""
    return _encoder.encode(frame).decode()


_CHUNK, _COMPLETE, _AI_ERROR = '{"type":"ai_chunk"', '{"type":"ai_complete"', '{"type":"ai_error"'
_ERROR = '{"type":"error"'


def at_seed_level(frame: str) -> str | None:
    """What a seed-level socket hears of a session event: chunks, endings, errors under their plain name."""
    if frame.startswith((_CHUNK, _COMPLETE)):
        return frame
    if frame.startswith(_AI_ERROR):
        return _ERROR + frame[len(_AI_ERROR) :]
    return None


class _Ended(msgspec.Struct):
    turn_id: UUID


_ended_decoder = msgspec.json.Decoder(_Ended)


def ended_turn(frame: str) -> UUID | None:
    """Which turn a session event ends, if it is an ending."""
    return _ended_decoder.decode(frame).turn_id if frame.startswith((_COMPLETE, _AI_ERROR)) else None
