"""All tools: what the model is told of them, and the running of a call. A bad call is a result, never an exception."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from agent_worker.analysis.company_source import CompanySource
from agent_worker.analysis.naming.index import spoken_name
from agent_worker.workflows.tools import arguments as args
from agent_worker.workflows.tools.analyses import Analyses
from agent_worker.workflows.tools.block import clean
from agent_worker.workflows.tools.compare import compare
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.explain import explain, spoken_term
from agent_worker.workflows.tools.get_analysis import get_analysis
from agent_worker.workflows.tools.history import history
from agent_worker.workflows.tools.limits import CALL_SECONDS
from agent_worker.workflows.tools.peers import peers
from agent_worker.workflows.tools.result import Sheet, ToolResult, WrongArguments, refusal, written
from agent_worker.workflows.tools.screen import screen
from agent_worker.workflows.tools.what_changed import what_changed
from agent_worker.workflows.tools.what_if import what_if
from shared.db.database import Database
from shared.figure_words import day


class Tool(NamedTuple):
    """A tool: the struct of its arguments (whose docstring says what it is for), and what it does."""

    arguments: type[args.Arguments]
    run: Callable[[ToolContext, Any], Awaitable[Sheet]]
    running: str
    """What the reader sees while it runs and its arguments tell no more."""


TOOLS: dict[str, Tool] = {
    "get_analysis": Tool(args.GetAnalysis, get_analysis, "Looking up"),
    "compare": Tool(args.Compare, compare, "Comparing"),
    "screen": Tool(args.Screen, screen, "Screening"),
    "history": Tool(args.History, history, "Reading the history of"),
    "what_changed": Tool(args.WhatChanged, what_changed, "Looking up what changed for"),
    "peers": Tool(args.Peers, peers, "Ranking"),
    "what_if": Tool(args.WhatIf, what_if, "Calculating"),
    "explain": Tool(args.Explain, explain, "Looking up"),
}
DECLARATIONS: list[dict[str, Any]] = [
    {
        "name": name,
        "description": tool.arguments.__doc__ or name,
        "parameters": args.schema_of(tool.arguments),
    }
    for name, tool in TOOLS.items()
]
"""Function declarations as plain dictionaries, for `bind_tools` and for Gemini's `functionDeclarations`."""

NAMED_MAX = 3
DATED = frozenset({"get_analysis", "compare", "peers", "what_if"})
"""Tools that read the newest analyses."""


class ToolBox:
    """Runs tools over Postgres. Holds a connection for the time of one statement only."""

    declarations = DECLARATIONS

    def __init__(
        self,
        database: Database,
        companies: CompanySource,
        *,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date(),
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self._analyses = Analyses(database)
        self._companies = companies
        self._today = today
        self._call_seconds = call_seconds

    def forget(self) -> None:
        """The analyses changed: what was kept of them and of the companies is read anew."""
        self._analyses.forget()
        self._companies.refresh_soon()

    async def run(self, name: str, arguments_json: str | bytes) -> ToolResult:
        """The result of a call. What is wrong with it, or that it took too long, is a result as well.

        Raises only one of `shared.db.database.UNAVAILABLE`, when Postgres is away. Cancelling it cancels the statement.
        """
        tool = TOOLS.get(name)
        if tool is None:
            return refusal(name, WrongArguments(f'there is no tool "{name[:40]}"', TOOLS))
        try:
            asked = args.read(tool.arguments, arguments_json)
            async with asyncio.timeout(self._call_seconds) as limit:
                context = ToolContext(self._analyses, await self._companies.finder(), self._today())
                return written(name, await tool.run(context, asked))
        except WrongArguments as error:
            return refusal(name, error)
        except TimeoutError:
            if not limit.expired():
                raise
            return refusal(
                name, WrongArguments(f"it took longer than {self._call_seconds:g} s", ["a smaller question"])
            )

    async def words(self, name: str, arguments_json: str | bytes) -> str:
        """What the reader sees while a call runs: "Looking up PepsiCo…". Any arguments will do."""
        tool = TOOLS.get(name)
        if tool is None:
            return "Looking up…"
        finder = await self._companies.finder()
        companies = finder.index.companies
        if name == "screen":
            return f"Screening {len(companies)} companies…"
        asked = _read_loosely(arguments_json)
        if name == "explain":
            return f"Looking up {clean(spoken_term(str(asked.get('term', 'a term'))))[:40]}…"
        tickers = asked.get("tickers") or [asked.get("ticker")]
        listed = [each for each in tickers if isinstance(each, str)] if isinstance(tickers, list) else []
        names = [spoken_name(companies[each].name) for each in listed[:NAMED_MAX] if each in companies]
        more = f" and {len(listed) - NAMED_MAX} more" if len(listed) > NAMED_MAX else ""
        whose = ", ".join(names) or (clean(listed[0])[:20] if listed else "the market")
        date = f", {day(finder.newest)}" if finder.newest and name in DATED and not asked.get("as_of") else ""
        return f"{tool.running} {whose}{more}{date}…"


def _read_loosely(arguments_json: str | bytes) -> dict[str, Any]:
    """The arguments as far as they can be read."""
    try:
        asked = msgspec.json.decode(arguments_json or b"{}")
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}
