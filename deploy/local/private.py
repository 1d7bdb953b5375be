"""Files, folders and environments that are for their owner only."""

import os
from pathlib import Path

FOR_ANY_PROGRAM = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


def bare_environment() -> dict[str, str]:
    """Our environment without what only some of our children may know: keys, secrets, addresses with passwords."""
    return {name: os.environ[name] for name in FOR_ANY_PROGRAM if name in os.environ}


def open_private(path: Path, flags: int) -> int:
    """Open a file, created if it is not there; nobody else can read it, whoever could before. A file descriptor."""
    descriptor = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor


def make_private(folder: Path) -> None:
    """Create a folder, or close it to others. Under root they may pass through it, but not see what is in it:
    PostgreSQL, which refuses to be root, may have to be one of them."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    folder.chmod(folder.stat().st_mode & mode)
