"""What CI is told to run is there, and is for the Pythons that are supported."""

import os
import re
import subprocess
import tomllib
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.local.install import NEWEST, OLDEST
from tests.support.stack import ROOT

PYTHONS = [f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    found: dict[str, Any] = workflow["jobs"]
    return found


def commands(job: dict[str, Any]) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


def test_the_tests_run_on_every_python(jobs: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">=3.{OLDEST[1]},<3.{NEWEST[1] + 1}"
    for name in ("check", "alone"):
        assert jobs[name]["strategy"]["matrix"]["python"] == PYTHONS


def test_every_script_and_target_is_there(jobs: dict[str, Any]) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    run = "\n".join([*map(commands, jobs.values()), *(hook["entry"] for hook in hooks)])
    scripts, targets = re.findall(r"\.ci/\w+", run), re.findall(r"\bmake (\w+)", run)
    assert {".ci/run", ".ci/alone"} <= set(scripts)
    assert {"run", "audit", "lint", "types"} <= set(targets)
    assert all(os.access(ROOT / script, os.X_OK) for script in scripts)
    assert [target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []


def test_each_service_is_installed_alone(jobs: dict[str, Any]) -> None:
    services = jobs["alone"]["strategy"]["matrix"]["service"]
    assert services == ["gateway", "worker"]
    assert all((ROOT / f"requirements-{service}.lock").is_file() for service in services)


def test_a_service_that_is_none_is_refused() -> None:
    done = subprocess.run([ROOT / ".ci/alone", "neither"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Which service?" in done.stderr
