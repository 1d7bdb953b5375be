"""The built web app: its files, and `index.html` for every page; where it is not built, a page that says so."""

import gzip
import hashlib
import html
import mimetypes
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

NOT_PAGES = frozenset(
    [
        "api",
        "ws",
        "schema",
        "metrics",
        "healthz",
        "readyz",
        "assets",
        "embed",
        "v1",
        "mcp",
        "bridges",
    ]  # what is no page is 404, not the app
)
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
HASHED = re.compile(r"(?:^|/)assets/[^/]*$|^embed/v1/parts/")
"""Where a file's name carries the hash of its content."""
COMPRESSED_ALREADY = "compressed_already"
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")

AnyRequest = Request[Any, Any, Any]


class WebFile(NamedTuple):
    """One file, ready to be sent."""

    body: bytes
    gzipped: bytes | None
    media_type: str
    etag: str
    cache: str


def read_web_files(folder: Path, embedders: Iterable[str]) -> dict[str, WebFile]:
    """Every file of the build by its path; nothing outside of it can be asked for.

    The page is told which origins may embed it: from them alone it takes tokens.
    """
    files = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    bodies = {name: path.read_bytes() for name, path in files.items()}
    if "index.html" in bodies:
        meta = (
            f'<head><meta name="tickertalk-embedders" content="{html.escape(" ".join(sorted(embedders)))}" />'
        )
        bodies["index.html"] = bodies["index.html"].replace(b"<head>", meta.encode(), 1)
    return {name: _pack(path, bodies[name], hashed=bool(HASHED.search(name))) for name, path in files.items()}


def _pack(path: Path, body: bytes, *, hashed: bool) -> WebFile:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type == "text/javascript":
        media_type = "application/javascript"
    packed = gzip.compress(body, 9, mtime=0) if media_type.startswith(COMPRESSIBLE) else None
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return WebFile(body, packed, media_type, etag, FOR_EVER if hashed else ASK_AGAIN)


def web_routes(files: dict[str, WebFile]) -> list[HTTPRouteHandler]:
    """`/` and every page route, over the files of the build."""

    @get(["/", "/{path:path}"], include_in_schema=False, opt={COMPRESSED_ALREADY: True})
    async def page(request: AnyRequest, path: str = "/") -> Response[bytes]:
        name = path.strip("/")
        if name == "favicon.ico" and "favicon.svg" in files:
            name = "favicon.svg"  # what a browser asks for by itself
        if name == "robots.txt" and name not in files:
            return Response(ROBOTS, media_type="text/plain", headers={"Cache-Control": ASK_AGAIN})
        if name not in files:
            folder, _, last = name.rpartition("/")
            # A name with a dot is a file that is not there; a company's page may have one too: /company/BRK.B
            if name.partition("/")[0] in NOT_PAGES or ("." in last and folder != "company"):
                raise NotFoundException("There is nothing here.")
            name = "index.html"
        if name not in files:
            return Response(NOT_BUILT, media_type="text/html")
        return _send(request, files[name])

    return [page]


def _send(request: AnyRequest, file: WebFile) -> Response[bytes]:
    headers = {"ETag": file.etag, "Cache-Control": file.cache, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(b"", status_code=304, headers=headers)
    body = file.body
    if file.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = file.gzipped, "gzip"
    return Response(body, headers=headers, media_type=file.media_type)


ROBOTS = b"User-agent: *\nDisallow: /api/\nDisallow: /ws/\n"
NOT_BUILT = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tickertalk</title>
<h1>Tickertalk</h1>
<p>The web app is not built; <code>make web</code> builds it. <code>make chat TICKER=KO</code> chats in the terminal.</p>
"""
