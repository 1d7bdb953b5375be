"""The installer, which runs before anything is installed and says what a machine lacks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import install

SCRIPT = Path(install.__file__)


def run_as(setup: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the installer in an empty folder after `setup` has changed the interpreter."""
    code = f"{setup}; import runpy; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    command = [sys.executable, "-c", code, "local"]
    return subprocess.run(command, cwd=folder, env={"PATH": ""}, capture_output=True, text=True, check=False)


def test_an_old_python_can_read_it() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("version", ["(3, 10, 1)", "(3, 14, 0)"])
def test_a_python_that_does_not_fit_is_said(version: str, tmp_path: Path) -> None:
    done = run_as(f"import sys; sys.version_info = {version}", tmp_path)
    assert done.returncode == 2
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_missing_venv_module_is_said(tmp_path: Path) -> None:
    done = run_as("import sys; sys.modules['ensurepip'] = None", tmp_path)
    assert done.returncode == 2
    assert "sudo apt install python3." in done.stderr


def test_packages_that_cannot_be_had_are_said(tmp_path: Path) -> None:
    (tmp_path / install.INSTALLER).write_text(
        f"nothing @ file://{tmp_path}/nothing.whl --hash=sha256:{'0' * 64}\n"
    )
    done = run_as("pass", tmp_path)
    assert done.returncode == 2
    assert "Creating .venv" in done.stdout
    assert "Installing 1 package from" in done.stdout
    assert "pip's reason is above" in done.stderr
    assert "nothing.whl" in done.stderr
