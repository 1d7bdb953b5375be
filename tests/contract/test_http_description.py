"""The HTTP API against its own description: whatever is sent, nothing is a server error or undescribed."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.contract.conftest import put_analyses
from tests.support.chat_client import token
from tests.support.stack import Stack

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


async def test_the_api_keeps_to_its_description(tmp_path: Path, database_url: str) -> None:
    await put_analyses(database_url)
    headers = {"Authorization": f"Bearer {token('alice')}"}
    async with Stack(tmp_path, database_url=database_url, workers=0) as stack:
        schema = schemathesis.openapi.from_url(f"{stack.url}/schema/openapi.json")
        found: list[Any] = list(schema.get_all_operations())
        operations = [each.ok() for each in found]
        assert len(operations) >= 11
        for operation in operations:
            _call(operation, headers)
        log = (tmp_path / "gateway-0.log").read_text()
    assert "a request failed" not in log


def _call(operation: Any, headers: dict[str, str]) -> None:
    """Whatever the description allows, and much that it does not."""

    @given(operation.as_strategy())
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"code", "message"}

    try:
        check()
    except Exception as error:
        pytest.fail(f"{operation.label}: {error}")
