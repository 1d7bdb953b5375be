"""Make `.venv` and install one group of locked packages: `python3 deploy/local/install.py local`.

Runs under whatever Python a machine has, before anything is installed: the standard library only, and no
syntax newer than Python 3.6, so that an old one gets to say that it is too old.
"""

import os
import shutil
import subprocess
import sys
import tempfile

OLDEST, NEWEST = (3, 11), (3, 13)
VENV = ".venv"
PYTHON = os.path.join(VENV, "bin", "python")


def main(group: str) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return use_another_python()
    if not venv_works():
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
    with open(lock, encoding="utf-8") as file:
        total = sum(line[:1].isalnum() for line in file)
    print(f"Installing {total} packages from {lock}", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    with tempfile.TemporaryFile("w+") as errors:
        pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, universal_newlines=True)
        done = 0
        for line in pip.stdout or ():
            if "(from -r " in line or line.startswith("Ignoring "):
                done += 1
                show(f"  {min(done, total)} of {total}")
            elif line.startswith("Installing collected packages"):
                show("  unpacking")
        show("")
        if pip.wait() == 0:
            return 0
        errors.seek(0)
        print(
            f"{errors.read()}\nThe packages could not be installed; pip's reason is above. Without network, point"
            " pip to a mirror (PIP_INDEX_URL or pip.conf) and try again.",
            file=sys.stderr,
        )
        return 2


def show(progress: str) -> None:
    """On a terminal, one line that changes in place."""
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K" + progress)
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
