"""A package index on 127.0.0.1 that offers each package of a lock in its locked version and in newer ones.

Its wheels are empty but for their metadata, which is that of the distribution installed here; so what depends on
what, and on which extras, is real. The lock is written again with the hashes of these wheels.
"""

import base64
import hashlib
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.utils import canonicalize_name

PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?P<extras>\[[^\]]*\])?==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>[^\\]+))?"
)


class Pin(NamedTuple):
    """One locked package; `extras` with their brackets, or empty."""

    name: str
    extras: str
    version: str
    marker: str

    @property
    def applies(self) -> bool:
        """Whether it is for this platform and Python."""
        return not self.marker or Marker(self.marker).evaluate()


def pins_of(lock: str) -> list[Pin]:
    """The packages of a lock. Whatever else stands at the beginning of a line is an error."""
    pins = []
    for line in lock.splitlines():
        if not line.strip() or line.startswith((" ", "#")):
            continue
        found = PIN.match(line)
        assert found, f"not a pinned package: {line}"
        name = canonicalize_name(found["name"])
        pins.append(Pin(name, found["extras"] or "", found["version"], (found["marker"] or "").strip()))
    return pins


def make_index(folder: Path, pins: list[Pin]) -> None:
    """Fill `folder` with wheels of the locked and of newer versions of each, and the pages that list them.

    One is newer by a little, for a package that asks for `<3`; one by much.
    """
    for pin in pins:
        page = folder / "simple" / pin.name
        page.mkdir(parents=True)
        wheels = [_wheel(page, pin, version) for version in (pin.version, f"{pin.version}.1", "9999.0")]
        (page / "index.html").write_text("".join(f'<a href="{w.name}">{w.name}</a>\n' for w in wheels))


def lock_for(folder: Path, pins: list[Pin]) -> str:
    """The lock with the hashes of the wheels in `folder`."""
    lines = []
    for pin in pins:
        wheel = next((folder / "simple" / pin.name).glob(f"*-{pin.version}-*.whl"))
        marker = f" ; {pin.marker}" if pin.marker else ""
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{pin.name}{pin.extras}=={pin.version}{marker} --hash=sha256:{digest}\n")
    return "".join(lines)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the index; gives its address."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple/"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


def _wheel(page: Path, pin: Pin, version: str) -> Path:
    stem = f"{pin.name.replace('-', '_')}-{version}"
    files = {
        f"{stem}.dist-info/METADATA": _metadata(pin.name, version),
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={_digest(text)},{len(text.encode())}\n" for name, text in files.items())
    files[f"{stem}.dist-info/RECORD"] = f"{record}{stem}.dist-info/RECORD,,\n"
    path = page / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _metadata(name: str, version: str) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    try:
        real = metadata(name)
    except PackageNotFoundError:  # of another platform: nothing here needs what it needs
        real = None
    for field in ("Provides-Extra", "Requires-Dist") if real else ():
        lines += [f"{field}: {value}" for value in (real.get_all(field) if real else None) or ()]
    return "\n".join(lines) + "\n"
