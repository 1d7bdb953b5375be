"""A port that is taken is told from a host that is none of this machine."""

import asyncio
import socket
from pathlib import Path

import pytest

from deploy.local.data_folder import DataFolder
from deploy.local.ports import free_port, port_is_free
from deploy.local.processes import StartError
from deploy.local.settings import read_local_settings
from deploy.local.system import LocalSystem


def start(folder: Path, **environment: str) -> str:
    """What `make run` says when it does not start."""
    system = LocalSystem(read_local_settings(environment), DataFolder(folder), environment, print)
    with pytest.raises(StartError) as refused:
        asyncio.run(system.run())
    return str(refused.value)


@pytest.mark.parametrize(
    "host", ["no.such.host.invalid", "203.0.113.7", "300.1.1.1", "not a host", "2001:db8::7"]
)
def test_a_host_that_is_none_of_this_machine(host: str, tmp_path: Path) -> None:
    said = start(tmp_path, GATEWAY_HOST=host, GATEWAY_PORT=str(free_port()))
    assert "GATEWAY_HOST is no address of this machine" in said
    assert "taken" not in said


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not port_is_free(port)
        assert f"Port {port} is taken" in start(tmp_path, GATEWAY_PORT=str(port))
    assert port_is_free(port)
