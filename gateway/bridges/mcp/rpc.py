"""JSON-RPC as MCP uses it, and which version of the protocol a request speaks. Pure.

2026-07-28 is stateless: every request names its version in a header and in `_meta`, which must agree. The versions
before begin with `initialize`; here that leaves nothing behind, so any gateway may answer what follows.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from gateway.bridges.port.refusals import Refusal

MODERN = "2026-07-28"
HANDSHAKE = ("2025-06-18", "2025-11-25")
SUPPORTED = (MODERN, *HANDSHAKE[::-1])
VERSION_HEADER, METHOD_HEADER, NAME_HEADER = "mcp-protocol-version", "mcp-method", "mcp-name"
META = "io.modelcontextprotocol/"

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
REFUSED, NO_RESOURCE, HEADER_MISMATCH, UNSUPPORTED_VERSION = -32000, -32002, -32020, -32022
STATUS = {METHOD_NOT_FOUND: 404}
NAMED_BY = {"tools/call": "name", "resources/read": "uri"}
"""What of a method's parameters stands in the name header."""


class Call(msgspec.Struct, frozen=True):
    """A request, or a notification: that one has no id."""

    jsonrpc: Literal["2.0"]
    method: str
    id: int | str | msgspec.UnsetType = msgspec.UNSET
    params: dict[str, Any] = {}

    @property
    def meta(self) -> dict[str, Any]:
        """The envelope within the parameters."""
        meta = self.params.get("_meta")
        return meta if isinstance(meta, dict) else {}


class RpcError(Exception):
    """An error as the protocol has it."""

    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    @property
    def status(self) -> int:
        """The HTTP status that goes with it."""
        return STATUS.get(self.code, 400)


def read_call(body: bytes) -> Call:
    """One request or notification. Raises `RpcError`; batches are of older versions."""
    try:
        return msgspec.json.decode(body, type=Call)
    except msgspec.ValidationError:
        raise RpcError(INVALID_REQUEST, "The body is one JSON-RPC request or notification.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RpcError(PARSE_ERROR, "The body is not JSON, or nests too deep.") from None


def version_of(call: Call, headers: Mapping[str, str]) -> str:
    """The version that a request speaks. Raises `RpcError` where its places disagree, or the version is none of ours."""
    header = headers.get(VERSION_HEADER)
    claimed = call.meta.get(META + "protocolVersion")
    if claimed is None and (header is None or header in HANDSHAKE):
        return header or HANDSHAKE[0]
    if header not in SUPPORTED:
        _check_same(header, claimed)
        raise _unsupported(header if header is not None else claimed)
    if call.id is not msgspec.UNSET:
        _check_envelope(call, headers)
    return MODERN


def _check_envelope(call: Call, headers: Mapping[str, str]) -> None:
    for key in ("protocolVersion", "clientCapabilities"):
        if META + key not in call.meta:
            raise RpcError(INVALID_PARAMS, f"params._meta has no {META}{key}.")
    _check_same(headers.get(VERSION_HEADER), call.meta[META + "protocolVersion"])
    if headers.get(METHOD_HEADER) != call.method:
        raise RpcError(HEADER_MISMATCH, f"The header {METHOD_HEADER} is not the method.")
    named = call.params.get(NAMED_BY.get(call.method, ""))
    if named is not None and _decoded(headers.get(NAME_HEADER, "")) != named:
        raise RpcError(HEADER_MISMATCH, f"The header {NAME_HEADER} is not what the parameters name.")


def _check_same(header: str | None, claimed: object) -> None:
    if claimed is not None and header is not None and header != claimed:
        raise RpcError(HEADER_MISMATCH, f"The header {VERSION_HEADER} is not the version in params._meta.")


def _unsupported(requested: object) -> RpcError:
    data = {"supported": list(SUPPORTED), "requested": str(requested)}
    return RpcError(UNSUPPORTED_VERSION, "This protocol version is not spoken here.", data)


def _decoded(value: str) -> str | None:
    """A header's value; what is not plain ASCII comes as `=?base64?…?=`."""
    if not (value.startswith("=?base64?") and value.endswith("?=")):
        return value
    try:
        return base64.b64decode(value[len("=?base64?") : -2], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def result(call: Call, version: str, body: dict[str, Any], *, cached_ms: int | None = None) -> dict[str, Any]:
    """An answer. `cached_ms`: for how long a client may keep it, where the version has a word for that."""
    if version == MODERN:
        kept = {} if cached_ms is None else {"ttlMs": cached_ms, "cacheScope": "private"}
        body = {"resultType": "complete", **kept, **body}
    return {"jsonrpc": "2.0", "id": call.id, "result": body}


def error_of(error: RpcError, call: Call | None = None) -> dict[str, Any]:
    """An error as it is sent; without a call its id is null."""
    about = {"code": error.code, "message": error.message}
    if error.data is not None:
        about["data"] = error.data
    known = call is not None and call.id is not msgspec.UNSET
    return {"jsonrpc": "2.0", "id": call.id if call is not None and known else None, "error": about}


def refusal(why: Refusal) -> RpcError:
    """A refusal of ours; its own code is in the data."""
    code = INVALID_PARAMS if why.code == "invalid" else REFUSED
    data = {"code": why.code, "retryable": why.retryable, "retry_after_ms": why.retry_after_ms}
    return RpcError(code, why.message, data)


def error_words(why: Refusal) -> dict[str, Any]:
    """A refusal before a request was read."""
    return error_of(refusal(why))
