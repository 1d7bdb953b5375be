"""The example that the client's documentation shows, run against the whole system."""

import asyncio
import doctest
import re

import pytest

import deploy.client
from tests.support.chat_client import token
from tests.support.stack import ROOT, Stack


async def test_the_example_does_what_it_says(sample_stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"url": sample_stack.url, "token": token("alice")}
    (example,) = doctest.DocTestFinder(recurse=False).find(deploy.client, extraglobs=given)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    capsys.readouterr()
    result = await asyncio.to_thread(runner.run, example)
    assert result.failed == 0, capsys.readouterr().out
    assert result.attempted == len(example.examples) > 0


def test_the_page_shows_the_same_example() -> None:
    examples = doctest.DocTestParser().get_examples(deploy.client.__doc__ or "")
    page = (ROOT / "docs" / "python-client.md").read_text("utf-8")
    code, printed = re.findall(r"```(?:python)?\n(.*?)```", page, re.DOTALL)
    assert [line for line in code.splitlines() if line] == [
        line for example in examples for line in example.source.splitlines() if line
    ]
    assert printed == examples[-1].want
