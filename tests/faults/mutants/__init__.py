"""Broken builds: each takes one mechanism out of the product, and a case must notice.

Product code carries no switch. A mutant patches a module before the service starts; if the text or the name it
patches is gone, it fails to start, so that a mutant never silently tests nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

GATEWAY, WORKER, CLIENT = "gateway", "agent_worker", "client"


@dataclass(frozen=True)
class Mutant:
    """`services` are the processes it changes; those of others run as they are. An `equivalent` one takes away
    something that another mechanism carries as well: cases must hold without it."""

    name: str
    services: tuple[str, ...]
    without: str
    apply: Callable[[], None]
    equivalent: bool = False


MUTANTS: dict[str, Mutant] = {}


def mutant(
    name: str, *services: str, without: str, equivalent: bool = False
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a mutant; `without` says what it takes away."""

    def register(apply: Callable[[], None]) -> Callable[[], None]:
        assert name not in MUTANTS
        MUTANTS[name] = Mutant(name, services, without, apply, equivalent)
        return apply

    return register


def load() -> dict[str, Mutant]:
    """All mutants by name. The services themselves are imported only when a mutant is applied."""
    for part in ("fences", "queue", "words", "sockets", "limits"):
        import_module(f"tests.faults.mutants.{part}")
    return MUTANTS


def edit(module: str, constant: str, old: str, new: str) -> None:
    """Replace a piece of a module's text constant (an SQL statement, say)."""
    owner = import_module(module)
    text = getattr(owner, constant)
    assert old in text, f"{module}.{constant} reads otherwise now: the mutant must follow"
    setattr(owner, constant, text.replace(old, new))


def edit_script(name: str, old: str, new: str) -> None:
    """Replace a piece of a Lua script when it is loaded."""
    scripts: Any = import_module("shared.scripts.session_scripts")
    original = scripts._source

    def edited(file: str) -> str:
        source: str = original(file)
        if file != name:
            return source
        assert old in source, f"{name} reads otherwise now: the mutant must follow"
        return source.replace(old, new)

    scripts._source = edited


def swap(owner: str, name: str, make: Callable[[Any], Any]) -> None:
    """Replace `owner.name` (a module, or `module:Class`) by what `make` makes of it."""
    module, _, cls = owner.partition(":")
    place = import_module(module)
    place = getattr(place, cls) if cls else place
    setattr(place, name, make(getattr(place, name)))
