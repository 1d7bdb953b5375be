"""Every file and every place in a page that a document leads to is there, and so is every path it names in code."""

import re
from pathlib import Path

import pytest

from tests.faults.case import CASES
from tests.faults.cases import load_cases
from tests.faults.mutants import MUTANTS
from tests.faults.mutants import load as load_mutants
from tests.support.stack import ROOT

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "deploy/sample/figures/README.md",
]
TOPS = ("gateway", "agent_worker", "shared", "deploy", "tests", "web", "docs", ".ci", ".github")
MADE = ("web/dist", "web/bench.json", "web/node_modules")
"""Named as what a command makes."""
WEB_PAGE = ROOT / "docs" / "web.md"
"""Its paths begin in `web/`."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BLOCK = re.compile(r"```.*?```", re.DOTALL)
SOAK = 34
"""Its title says for how long, and that is asked for."""
CODE = re.compile(r"`([^`\n]+)`")
IN_WEB = re.compile(r"(?:chat|dashboard|shared|e2e|scripts|test)(?:/[\w./*-]*)?")
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, TOPS))})/[\w./*-]*")


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


def text_of(page: Path) -> str:
    return COMMENT.sub("", page.read_text("utf-8"))


def leads_nowhere(page: Path, path: str) -> bool:
    """Whether this is a path of the repository that is not there."""
    if page == WEB_PAGE and IN_WEB.fullmatch(path) and list((ROOT / "web").glob(path)):
        return False
    return bool(PATH.fullmatch(path) or (page == WEB_PAGE and IN_WEB.fullmatch(path))) and not list(
        ROOT.glob(path)
    )


def anchors(page: Path) -> set[str]:
    """The places in a page as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = BLOCK.sub("", text_of(page))
    links = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'src="([^"]+)"', text)]
    wrong = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, place = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (place and place not in anchors(target)):
            wrong.append(link)
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_path_of_the_code_that_a_page_names_exists(page: Path) -> None:
    wrong = []
    for code in CODE.findall(BLOCK.sub("", text_of(page))):
        path = code.rstrip("…").rstrip("/")
        if not path.startswith(MADE) and leads_nowhere(page, path):
            wrong.append(code)
    assert not wrong


def test_the_index_of_decisions_names_each_one_by_number_and_title() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    rows = {
        number: (title, path)
        for number, title, path in re.findall(r"^\| (\d{4}) \| \[(.+?)\]\((\S+?)\) \|", index, re.MULTILINE)
    }
    titles = {}
    for page in sorted(folder.glob("[0-9]*.md")):
        first = page.read_text("utf-8").splitlines()[0]
        number = page.name[:4]
        assert first.startswith(f"# {number}: "), f"{page.name}: {first}"
        titles[number] = (first.removeprefix(f"# {number}: "), page.name)
    assert rows == titles


def test_the_tables_of_cases_and_mutants_are_those_of_the_suite() -> None:
    load_cases()
    load_mutants()
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    cases = {
        name: (title, set(CODE.findall(catches)))
        for name, title, catches in re.findall(r"^\| (\d+[a-z]?) \| (.+?) \| (.*?) ?\|$", page, re.MULTILINE)
    }
    soak = {case.name for case in CASES if case.number == SOAK}
    assert set(cases) == {case.name for case in CASES}
    assert {name: row for name, row in cases.items() if name not in soak} == {
        case.name: (case.title, set(case.catches)) for case in CASES if case.name not in soak
    }
    mutants = dict(
        re.findall(r"^\| `([\w-]+)` \| (.+?) \|$", page.partition("\n## The mutants")[2], re.MULTILINE)
    )
    assert mutants == {name: mutant.without for name, mutant in MUTANTS.items()}
