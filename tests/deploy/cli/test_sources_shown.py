"""Checked figures and look-ups, from the model to the screen: the whole system with the offline model."""

import re
from pathlib import Path

from tests.deploy.cli.test_hands_on import ended, environment, run, terminal
from tests.support.stack import Stack

COMPARED = "Compare its dividend yield with PepsiCo's."
CHANGED = "How did the dividend yield develop since March?"
SOURCE = re.compile(r"^Dividend yield · (KO|PEP) · 22 Aug: \d+\.\d\d %$")


async def test_over_a_pipe_the_sources_are_lines(sample_stack: Stack, tmp_path: Path) -> None:
    asked = f"/sources\n{COMPARED}\n/sources\n"
    code, out, err = await run(tmp_path, environment(sample_stack), "chat", stdin=asked)
    assert code == 0
    assert "Nothing was answered yet." in err
    assert "\x1b" not in out + err
    answer, _, sources = out.partition("verified]\n\n")
    assert "[Comparing Coca-Cola, PepsiCo, 22 Aug]\nticker\tcompany\t" in answer
    shown = [line.split("\t") for line in sources.split("\n") if line]
    assert len(shown) >= 2
    for figure, said in shown:
        assert SOURCE.match(said)
        assert figure in answer


async def test_in_a_terminal_marks_tables_and_sources(sample_stack: Stack, tmp_path: Path) -> None:
    async with terminal(tmp_path, environment(sample_stack)) as (screen, process):
        await screen.shows("● Live")
        screen.type(f"{CHANGED}\r")
        await screen.shows("Reading Dividend yield of Coca-Cola, 13 Jun to 22 Aug")
        await screen.shows("date Dividend yield")
        await screen.shows("2026-06-13 2.57 %")
        await screen.shows("fell 0.23 pp≈, from")
        await screen.shows("figures ·")
        screen.type("/sources\r")
        await screen.shows("0.23 pp≈ worked out: 2.34 % − 2.57 %")
        await screen.shows("Dividend yield · KO · 22 Aug: 2.34 %")
        screen.type("\x04")
        await screen.shows("`make chat` goes on with it")
        assert await ended(process) == 0
