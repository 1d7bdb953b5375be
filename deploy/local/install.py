"""Make `.venv` and install one group of locked packages: `python3 deploy/local/install.py local`.

Runs under whatever Python a machine has, before anything is installed: the standard library only, and no
syntax newer than Python 3.6, so that an old one gets to say that it is too old.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

OLDEST, NEWEST = (3, 11), (3, 13)
VENV = ".venv"
PYTHON = os.path.join(VENV, "bin", "python")
UV = os.path.join(VENV, "bin", "uv")
INSTALLER = "requirements-installer.lock"


def main(group: str) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return use_another_python()
    if not venv_works():
        print(
            "The first time installs all that is needed: about a minute. Later it takes seconds.", flush=True
        )
        problem = make_venv()
        if problem:
            print(problem, file=sys.stderr)
            return 2
    return install(f"requirements-{group}.lock")


def use_another_python() -> int:
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([other, *sys.argv])
    this = sys.version.split()[0]
    print(
        f"Python 3.11, 3.12 or 3.13 is needed; this is {this}, and no python3.11 to python3.13 was found.\n"
        "Install one, or name it: make run PYTHON=/path/to/python3.12",
        file=sys.stderr,
    )
    return 2


def venv_works() -> bool:
    if not os.path.exists(PYTHON):
        return False
    return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_venv() -> str:
    """Returns what is wrong, or nothing."""
    print(f"Creating {VENV} with Python {sys.version.split()[0]}", flush=True)
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        package = f"python3.{sys.version_info[1]}-venv"
        return (
            f"This Python has no venv module. On Debian or Ubuntu: sudo apt install {package}\n"
            "Or name another: make run PYTHON=/path/to/python3.12"
        )
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"Could not create {VENV}: {error}"
    return ""


def install(lock: str) -> int:
    """pip brings uv, from one line with its hash; uv brings the rest in seconds and takes the lock as it is."""
    pip = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", INSTALLER, "--quiet", "--no-input"]
    pip.append("--disable-pip-version-check")
    if not run(pip, INSTALLER, "pip"):
        return 2
    uv = [UV, "pip", "install", "--python", PYTHON, "--require-hashes", "-r", lock, "--no-config"]
    uv += ["--index-strategy", "unsafe-best-match"]  # every file is known by its hash, wherever it comes from
    return 0 if run(uv + as_uv(pip_settings()), lock, "uv") else 2


def pip_settings() -> "list[tuple[str, str]]":
    """What this machine's pip was told: [("index-url", value), …]."""
    listed = subprocess.run([PYTHON, "-m", "pip", "config", "list"], stdout=subprocess.PIPE, check=True)
    settings = []
    for line in listed.stdout.decode().splitlines():
        name, _, value = line.partition("=")
        settings.append((name.rpartition(".")[2], value.strip("'")))
    return settings


def as_uv(settings: "list[tuple[str, str]]") -> "list[str]":
    """The mirrors that pip was told of, in uv's words; none if uv was told of its own."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_FIND_LINKS")):
        return []
    words = {
        "index-url": "--default-index",
        "extra-index-url": "--index",
        "find-links": "--find-links",
        "trusted-host": "--allow-insecure-host",
    }
    arguments: list[str] = []
    for name, values in settings:
        for value in values.split():
            missing = value.startswith("file://") and not os.path.exists(value[len("file://") :])
            if name in words and not missing:  # pip passes over a folder that is not there
                arguments += [words[name], value]
        if name == "cert" and "SSL_CERT_FILE" not in os.environ:
            os.environ["SSL_CERT_FILE"] = values
        if name == "no-index" and values in ("1", "true", "yes", "on"):
            arguments.append("--no-index")
    return arguments


def run(command: "list[str]", lock: str, tool: str) -> bool:
    """Run one installer. On a terminal it shows its own progress; elsewhere it is heard only when it fails."""
    with open(lock, encoding="utf-8") as file:
        total = sum(line[:1].isalnum() for line in file)
    print(f"Installing {total} package{'s' if total > 1 else ''} from {lock}", flush=True)
    with tempfile.TemporaryFile("w+") as said:
        quiet = None if sys.stderr.isatty() else said
        started = time.monotonic()
        if subprocess.call(command, stdout=quiet, stderr=quiet) == 0:
            print(f"  done in {time.monotonic() - started:.0f} s", flush=True)
            return True
        said.seek(0)
        print(
            f"{said.read()}\nThe packages could not be installed; {tool}'s reason is above. Without network, point"
            " pip to a mirror (PIP_INDEX_URL or pip.conf; uv is given the same) and try again.",
            file=sys.stderr,
        )
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
