"""Ports on which a server can listen."""

import errno
import random
import socket


def free_port() -> int:
    """A free loopback port outside the range from which systems take the ports of outgoing connections:
    a server that is killed and started again must find its port free."""
    while True:
        port = random.randint(15_000, 32_000)
        if port_is_free(port):
            return port


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on it now; `OSError` if that is for another reason than a server there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
        return True
