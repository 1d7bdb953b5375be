"""`python -m gateway`: one gateway process."""

import os

import uvloop

from gateway.settings import GatewaySettings
from shared.logs import configure_logs
from shared.settings import read_settings
from shared.start import starting

MAX_REQUEST_LINE = 1024 * 1024
"""A token far too long must be refused with 4401; by itself websockets stops at 8 KiB, and the socket hangs."""


def main() -> None:
    """Read the settings, serve; every way not to start is one clear line and exit code 2."""
    with starting("gateway", os.environ):
        settings = read_settings(GatewaySettings, os.environ)
        configure_logs(
            "gateway", level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets
        )
        # websockets reads its limit when it is imported; so the server is imported only now.
        os.environ["WEBSOCKETS_MAX_LINE_LENGTH"] = str(MAX_REQUEST_LINE)
        from gateway.app import serve

        uvloop.run(serve(settings))


if __name__ == "__main__":
    main()
