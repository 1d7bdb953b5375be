"""`make audit`: is every locked package pinned with a hash, and does OSV know a vulnerability of one?

The pins are checked without a network. The advisories come from OSV (https://osv.dev), which gathers those of PyPI
and of npm; OSV_URL names a mirror of its API. Ends with 0 when all is well, 1 when something is found, and 3 when
the advisories cannot be reached: then nothing is known about them.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parent.parent
OSV_URL = "https://api.osv.dev"
TIMEOUT = 20.0
AT_ONCE = 500
WELL, FOUND, UNKNOWN = 0, 1, 3

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")


class Package(NamedTuple):
    """One locked package, in OSV's words. `hashed`: only the very file that was locked is installed."""

    ecosystem: str
    name: str
    version: str
    hashed: bool


class Vulnerable(NamedTuple):
    """A package and the advisories about it."""

    package: Package
    advisories: list[str]


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


def advisories(packages: Sequence[Package], osv_url: str) -> list[Vulnerable]:
    """What OSV knows about the packages. Raises `OSError` or `ValueError` where it cannot be asked."""
    found = []
    for start in range(0, len(packages), AT_ONCE):
        asked = packages[start : start + AT_ONCE]
        results = _ask(asked, osv_url)
        if len(results) != len(asked):
            raise ValueError("an answer to another question")
        for package, result in zip(asked, results, strict=True):
            if ids := [str(one["id"]) for one in result.get("vulns", ())]:
                found.append(Vulnerable(package, ids))
    return found


def _ask(packages: Sequence[Package], osv_url: str) -> list[dict[str, list[dict[str, str]]]]:
    queries = [
        {"package": {"ecosystem": p.ecosystem, "name": p.name}, "version": p.version} for p in packages
    ]
    body = json.dumps({"queries": queries}).encode()
    request = Request(f"{osv_url}/v1/querybatch", body, {"Content-Type": "application/json"})  # noqa: S310 - the scheme was checked
    with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        results: list[dict[str, list[dict[str, str]]]] = json.load(answer)["results"]
    return results


def main(root: Path, osv_url: str) -> int:
    """Print what is found; the exit code."""
    if not osv_url.startswith(("https://", "http://")):
        print("OSV_URL must start with https://.")
        return UNKNOWN
    packages = locked(root)
    loose = [package for package in packages if not package.hashed]
    for package in loose:
        print(f"NOT PINNED  {package.ecosystem} {package.name} {package.version}: its lock holds no hash")
    print(f"{len(packages)} locked packages, {len(loose)} without a hash.")
    try:
        vulnerable = advisories(packages, osv_url)
    except (OSError, ValueError, KeyError) as error:
        reason = error.reason if isinstance(error, URLError) else type(error).__name__
        print(
            f"The advisories of {osv_url} cannot be reached ({reason}), so nothing is known of vulnerabilities.\n"
            "Run `make audit` where that address can be reached, or set OSV_URL to a mirror of it."
        )
        return FOUND if loose else UNKNOWN
    for package, ids in vulnerable:
        print(f"VULNERABLE  {package.ecosystem} {package.name} {package.version}: {', '.join(ids)}")
    print(f"{len(vulnerable)} packages with known vulnerabilities.")
    return FOUND if loose or vulnerable else WELL


if __name__ == "__main__":
    sys.exit(main(ROOT, os.environ.get("OSV_URL") or OSV_URL))
