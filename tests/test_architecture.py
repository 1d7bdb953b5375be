"""The shape of the code, as a test: who may know whom, no circles, no room that outgrew its name.

The picture is in docs/architecture.md; this file is what keeps it true.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("gateway", "agent_worker", "shared")
LONG_FILE, LONG_FUNCTION = 250, 50
ROOMS = {"gateway": 12, "agent_worker": 14}
"""So many a newcomer can keep in mind."""

# (who, must not import, why)
BANNED = [
    ("gateway", "agent_worker", "the services meet in Redis and Postgres only"),
    ("agent_worker", "gateway", "the services meet in Redis and Postgres only"),
    ("shared", "gateway", "shared is below the services"),
    ("shared", "agent_worker", "shared is below the services"),
    ("shared", "litestar", "shared serves a worker that has no web framework"),
    ("shared", "langgraph", "shared serves a gateway that has no model"),
    ("gateway", "langgraph", "the gateway relays, it does not think"),
    ("gateway", "langchain_core", "the gateway relays, it does not think"),
    ("agent_worker", "litestar", "a worker has no web framework"),
    ("agent_worker.workflows", "redis", "the graph knows no Redis"),
    ("agent_worker.workflows", "agent_worker.emit", "the graph does not know who listens"),
    ("agent_worker.workflows", "agent_worker.turns", "the graph does not know what a turn is"),
    ("agent_worker.workflows", "agent_worker.model.gemini", "the graph knows no provider"),
    ("agent_worker.workflows", "agent_worker.model.chat_model", "the graph does not choose who answers"),
    ("agent_worker.model", "agent_worker.workflows", "a model does not know what it is asked for"),
    ("deploy.offline_model", "agent_worker", "the offline model knows nothing but the request"),
    ("deploy.offline_model", "gateway", "the offline model knows nothing but the request"),
    ("agent_worker.memory", "agent_worker.turns", "memory reads, turns decide"),
    ("agent_worker.emit", "agent_worker.turns", "turns speak through emit, not the other way"),
    ("gateway.managers", "gateway.relay", "the hub knows sockets and names only"),
    ("gateway.managers", "redis", "the hub knows sockets and names only"),
    ("gateway.managers", "gateway.session", "the hub holds listeners, whoever they are"),
    ("gateway.routes", "gateway.server", "the routes run on any ASGI server"),
    *((f"gateway.{room}", "uvicorn", "the routes run on any ASGI server")
      for room in ("routes", "session", "managers", "relay", "store", "wire", "security")),
    *((f"gateway.{room}", "gateway.bridges", "the socket's way knows nothing of the bridges")
      for room in ("server", "routes", "session", "managers", "relay", "store", "wire", "security")),
    *((f"gateway.bridges.{name}.vocabulary", framework, "a vocabulary is pure")
      for name in ("ag_ui", "ai_sdk", "mcp", "openai", "openbb") for framework in ("litestar", "asyncio")),
    ("gateway.wire", "gateway.relay", "frames know nothing of their way"),
    ("gateway.relay", "gateway.managers", "the pump and the hub never meet"),
    *((package, test_side, "product code does not need its tests or its tools")
      for package in PRODUCT for test_side in ("tests", "deploy")),
]  # fmt: skip


@cache
def modules() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {}
    for package in (*PRODUCT, "deploy"):
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(module: str) -> frozenset[str]:
    """What a module imports anywhere in its text, except for type checking only."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(modules()[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize(("who", "whom", "why"), BANNED, ids=lambda value: str(value).replace(" ", "-")[:40])
def test_arrows_point_one_way(who: str, whom: str, why: str) -> None:
    wrong = [
        f"{module} imports {name}"
        for module in modules()
        if within(module, who)
        for name in imports(module)
        if within(name, whom)
    ]
    assert not wrong, f"{why}: {wrong}"


def test_no_circles() -> None:
    graph = {module: {name for name in imports(module) if name in modules()} for module in modules()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for name in graph[module]:
                if modules()[name].name != "__init__.py":
                    visit(name, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def reachable(start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(name for name in imports(module) if name in modules())
    return seen


# What one service alone uses stands in `shared` because a tool outside the services uses it as well; the
# rating's lines are read by the sample's rule and, exported, by the web app.
SHARED_WITH_TOOLS = {"shared.db.migrate", "shared.db.__main__", "shared.points_rule", "shared.metric_words"}
# The scripts write these; only who reads them is Python.
SHARED_WITH_SCRIPTS = {"shared.frames.live"}


def test_shared_holds_only_what_both_services_use() -> None:
    gateway, worker = reachable("gateway.__main__"), reachable("agent_worker.__main__")
    for module, path in modules().items():
        if (
            within(module, "shared")
            and path.name != "__init__.py"
            and module not in SHARED_WITH_TOOLS | SHARED_WITH_SCRIPTS
        ):
            tools = {m for m in modules() if within(m, "deploy") and module in imports(m)}
            users = (module in gateway) + (module in worker) + bool(tools)
            assert users >= 2, f"{module} has one user; it belongs to that one"


def test_files_say_one_thing() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules().values()
        if (lines := len(path.read_text("utf-8").splitlines())) > LONG_FILE
    }
    assert not long, f"past {LONG_FILE} lines; does each still say one thing? {long}"


def test_functions_do_one_thing() -> None:
    long = {
        f"{module}.{node.name}": length
        for module, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONG_FUNCTION
    }
    assert not long, f"past {LONG_FUNCTION} lines: {long}"


def room(module: str) -> str:
    """The folder or file of a service that a module is in: `gateway.relay`, `gateway.app`."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("service", list(ROOMS))
def test_a_service_is_few_rooms_and_their_arrows_make_no_circle(service: str) -> None:
    inside = [module for module in modules() if within(module, service) and module != service]
    rooms = {room(module) for module in inside}
    assert len(rooms) <= ROOMS[service], sorted(rooms)
    arrows: dict[str, set[str]] = {name: set() for name in rooms}
    for module in inside:
        arrows[room(module)] |= {room(name) for name in imports(module) & set(inside)} - {room(module)}
    while arrows:
        floor = {name for name, below in arrows.items() if not below & set(arrows)}
        assert floor, f"a circle among {arrows}"
        arrows = {name: below for name, below in arrows.items() if name not in floor}


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        module
        for module, path in modules().items()
        if path.name == "__init__.py" and not path.read_text("utf-8").strip()
    ]
    assert not silent


def test_the_entry_points_are_the_only_readers_of_the_environment() -> None:
    readers = [
        module
        for module in modules()
        if module.split(".")[0] in PRODUCT
        and not module.endswith("__main__")
        and "os.environ" in modules()[module].read_text("utf-8")
    ]
    assert not readers
