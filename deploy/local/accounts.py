"""As whom PostgreSQL runs: it refuses to be root, and containers often are."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.private import bare_environment
from deploy.local.processes import StartError

UNSHARE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


@dataclass(frozen=True)
class Account:
    """How to start a program that must not be root: a command before it, or another user, or neither."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def own(self, path: Path) -> None:
        """Give a file, or a folder with all in it, to this account."""
        uid = os.geteuid() if self.uid is None else self.uid
        if path.stat().st_uid == uid:
            return
        for folder, _, files in os.walk(path, topdown=False):  # `path` itself last: it says that all is done
            for name in (*files, ""):
                os.chown(Path(folder) / name, uid, -1)
        os.chown(path, uid, -1)


def find_account(program: Path, folder: Path) -> Account:
    """The account for `program` with its data in `folder`. `StartError` when root finds none.

    A user namespace is the better way: in it root is seen as nobody and still owns its files.
    Where it is forbidden, as in many containers, the real `nobody` does if it can reach both paths.
    """
    if os.geteuid() != 0:
        return Account()
    try_both = ("/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh", str(folder), str(program))
    if shutil.which("unshare") and _works([*UNSHARE, *try_both]):
        return Account(prefix=UNSHARE)
    nobody = _nobody()
    if nobody is not None and _works(try_both, nobody):
        return Account(uid=nobody)
    raise StartError(
        "PostgreSQL refuses to run as root, and here it can run neither in a user namespace nor as nobody.\n"
        "Run `make run` as a normal user, or from a folder that every user may enter, or set DATABASE_URL."
    )


def _works(argv: Sequence[str], uid: int | None = None) -> bool:
    done = subprocess.run(argv, user=uid, env=bare_environment(), capture_output=True, check=False)
    return done.returncode == 0


def _nobody() -> int | None:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return None
