"""`make audit`: is every locked package pinned with a hash, and is a vulnerability of one known?

The pins are checked without a network. Advisories are asked for by pip-audit, at OSV (https://osv.dev; OSV_URL names
a mirror of its API), and by `npm audit`. Ends with 0 when all is well, 1 when something is found, and 3 when
advisories cannot be reached: then nothing is known, and that is said.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
OSV_URL = "https://api.osv.dev"
WELL, FOUND, UNKNOWN = 0, 1, 3

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")


class Package(NamedTuple):
    """One locked package. `hashed`: only the very file that was locked is installed."""

    ecosystem: str
    name: str
    version: str
    hashed: bool


class UnreachableError(Exception):
    """The advisories cannot be had; its text is the reason, in one line."""


def locked(root: Path) -> list[Package]:
    """Every package of the lock files, once."""
    found = {
        package
        for file in sorted(root.glob("requirements-*.lock"))
        for package in python_packages(file.read_text())
    }
    npm = root / "web" / "package-lock.json"
    if npm.exists():
        found.update(npm_packages(npm.read_text("utf-8")))
    return sorted(found)


def python_packages(lock: str) -> Iterator[Package]:
    """The packages of a requirements file; whatever is no pinned requirement counts as one without a hash."""
    for entry in re.sub(r"\\\n", " ", lock).splitlines():
        line = entry.strip()
        if not line or line.startswith(("#", "-")):
            continue
        pin = PIN.match(line)
        if pin is None:
            yield Package("PyPI", line.split()[0], "", hashed=False)
        else:
            yield Package("PyPI", pin[1].lower(), pin[2], hashed="--hash=sha256:" in line)


def npm_packages(lock: str) -> Iterator[Package]:
    """The packages of a package-lock.json, but the project itself."""
    for path, entry in json.loads(lock)["packages"].items():
        if path and not entry.get("link"):
            name = entry.get("name") or path.rpartition("node_modules/")[2]
            yield Package(
                "npm", name, entry["version"], hashed=entry.get("integrity", "").startswith("sha512-")
            )


def python_advisories(locks: Sequence[Path], osv_url: str) -> list[str]:
    """A line for each advisory about a Python package, as pip-audit finds them. Raises `UnreachableError`."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--progress-spinner", "off", "-s", "osv", "--osv-url", f"{osv_url}/v1/query"]
    found = _json_of([*command, *(part for lock in locks for part in ("-r", str(lock)))], "dependencies")
    lines = set()
    for package in found["dependencies"]:
        if reason := package.get("skip_reason"):
            raise UnreachableError(str(reason))
        for advisory in package["vulns"]:
            lines.add(f"PyPI {package['name']} {package['version']}: {advisory['id']}")
    return sorted(lines)


def npm_advisories(folder: Path) -> list[str]:
    """A line for each npm package that `npm audit` warns of. Raises `UnreachableError`."""
    npm = str(Path(sys.executable).with_name("npm"))
    found = _json_of(
        [npm, "--prefix", str(folder), "audit", "--package-lock-only", "--json"], "vulnerabilities"
    )
    return sorted(
        f"npm {name} {one['range']}: {', '.join(_url(via) for via in one['via'])}"
        for name, one in found["vulnerabilities"].items()
    )


def _url(via: dict[str, str] | str) -> str:
    """An advisory's address, or the package through which another is concerned."""
    return via if isinstance(via, str) else via["url"]


def _json_of(command: Sequence[str], wanted: str) -> dict[str, Any]:
    """What a program reports. Both end with 1 also when they could not ask anybody: then `wanted` is not in it."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        report = {}
    if wanted in report:
        return report
    said = str(report.get("message") or "") or (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    raise UnreachableError(said[:300])


def main(root: Path, osv_url: str) -> int:
    """Print what is found; the exit code."""
    if not osv_url.startswith(("https://", "http://")):
        print("OSV_URL must start with https://.")
        return UNKNOWN
    packages = locked(root)
    loose = [package for package in packages if not package.hashed]
    for package in loose:
        print(f"NOT PINNED  {package.ecosystem} {package.name} {package.version}: its lock holds no hash")
    print(f"{len(packages)} locked packages, {len(loose)} without a hash.", flush=True)
    asked: dict[str, Callable[[], list[str]]] = {}
    if locks := sorted(root.glob("requirements-*.lock")):
        asked[f"Python's packages ({osv_url}; OSV_URL names a mirror)"] = partial(
            python_advisories, locks, osv_url
        )
    if (root / "web" / "package-lock.json").exists():
        asked["npm's packages (the registry of npm's settings)"] = partial(npm_advisories, root / "web")
    vulnerable, unknown = 0, 0
    for what, ask in asked.items():
        try:
            found = ask()
        except UnreachableError as error:
            unknown += 1
            print(f"UNKNOWN     The advisories about {what} cannot be reached, so nothing is known: {error}")
            continue
        vulnerable += len(found)
        for line in found:
            print(f"VULNERABLE  {line}")
        print(f"{len(found)} known vulnerabilities of {what.partition(' (')[0]}.", flush=True)
    return FOUND if loose or vulnerable else UNKNOWN if unknown else WELL


if __name__ == "__main__":
    sys.exit(main(ROOT, os.environ.get("OSV_URL") or OSV_URL))
