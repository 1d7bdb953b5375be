"""The offline model beside the workers: what answers when `make run` is given no key."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local.ports import free_port
from deploy.local.processes import Record
from deploy.local.services import Service

INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
"""All it needs of our environment, and so no secret."""


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether nothing else can answer: no key, no other server, no model by name. In production a worker refuses to start instead."""
    asked = ("GOOGLE_API_KEY", "GEMINI_API_KEY", "GEMINI_BASE_URL", "MODEL")
    return environment.get("APP_ENV") != "production" and not any(environment.get(name) for name in asked)


class OfflineModel:
    """`python -m deploy.offline_model` on a port of its own, and how workers find it. Not started yet."""

    def __init__(
        self, log: Path, *, grace: float = 5.0, record: Record | None = None, cwd: Path | None = None
    ) -> None:
        port = free_port()
        self.worker_environment = {"GEMINI_BASE_URL": f"http://127.0.0.1:{port}", "GEMINI_MODEL": "offline"}
        self.service = Service(
            "offline-model",
            [sys.executable, "-m", "deploy.offline_model"],
            env={**{name: os.environ[name] for name in INHERITED if name in os.environ}, "PORT": str(port)},
            log=log,
            cwd=cwd,
            grace=grace,
            record=record,
            ready_line="Offline model ready",
        )
