"""An npm registry on 127.0.0.1 that offers each package of a lock in its locked versions and in a newer one.

Its packages are empty but for their package.json. The lock is written again with the hashes of these.
"""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

NEWER = "9999.0.0"
KEPT = ("name", "version", "dependencies", "optionalDependencies", "os", "cpu", "libc", "engines")

Lock = dict[str, Any]


def name_of(path: str) -> str:
    """The package that a lock installs at `path`."""
    return path.rpartition("node_modules/")[2]


class FakeRegistry:
    """What it has: tarballs by name and version."""

    def __init__(self, lock: Lock) -> None:
        self.tarballs: dict[tuple[str, str], bytes] = {}
        self._manifests: dict[str, dict[str, dict[str, Any]]] = {}
        for path, entry in lock["packages"].items():
            for version in (entry["version"], NEWER) if path else ():
                self._add(name_of(path), {**entry, "version": version})

    def lock_for(self, lock: Lock) -> Lock:
        """The lock with the hashes of what is offered here."""
        packages = {
            path: {**entry, "integrity": _integrity(self.tarballs[name_of(path), entry["version"]])}
            if path
            else entry
            for path, entry in lock["packages"].items()
        }
        return {**lock, "packages": packages}

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it; gives its address."""
        registry = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = registry.answer(unquote(self.path), f"http://{self.headers['Host']}")
                self.send_response(200 if body else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nobody reads it."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/"
            finally:
                server.shutdown()
                thread.join()

    def answer(self, path: str, base: str) -> bytes:
        """The tarball at `/name/-/version.tgz`, or what is known of `/name`; nothing if it is not there."""
        name, _, file = path.removeprefix("/").partition("/-/")
        if file:
            return self.tarballs.get((name, file.removesuffix(".tgz")), b"")
        if name not in self._manifests:
            return b""
        versions = {
            version: {
                **manifest,
                "dist": {
                    "tarball": f"{base}/{name}/-/{version}.tgz",
                    "integrity": _integrity(self.tarballs[name, version]),
                },
            }
            for version, manifest in self._manifests[name].items()
        }
        return json.dumps({"name": name, "dist-tags": {"latest": NEWER}, "versions": versions}).encode()

    def _add(self, name: str, entry: dict[str, Any]) -> None:
        manifest = {key: value for key, value in {**entry, "name": name}.items() if key in KEPT}
        self._manifests.setdefault(name, {})[manifest["version"]] = manifest
        self.tarballs[name, manifest["version"]] = _tarball(manifest)


def _tarball(manifest: dict[str, Any]) -> bytes:
    text = json.dumps(manifest).encode()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        member = tarfile.TarInfo("package/package.json")
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    return gzip.compress(archive.getvalue(), mtime=0)


def _integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
