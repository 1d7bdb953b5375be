"""All bridges on one gateway."""

from litestar import Router

from gateway.bridges.ag_ui.routes import ag_ui_routes
from gateway.bridges.ai_sdk.routes import ai_sdk_routes
from gateway.bridges.mcp.routes import mcp_routes
from gateway.bridges.openai.routes import openai_routes
from gateway.bridges.openbb.routes import openbb_routes
from gateway.bridges.port.answers import Answers
from gateway.bridges.port.bridge import Doors
from gateway.bridges.threads import thread_routes
from gateway.security.http_identity import signed_in
from gateway.session.admission import Admission
from gateway.session.services import Services
from gateway.store.analyses import Analyses


def bridge_routes(admission: Admission, services: Services, analyses: Analyses, version: str) -> list[Router]:
    """The routes, on these parts of the gateway; `version` is the product's."""
    doors = Doors(Answers(admission, services), admission, signed_in(services.verifier))
    return [
        openai_routes(doors, analyses),
        mcp_routes(doors, analyses, version),
        ai_sdk_routes(doors),
        ag_ui_routes(doors),
        openbb_routes(doors),
        thread_routes(doors),
    ]
