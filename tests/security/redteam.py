"""`make redteam`: the attacks of attacks.toml against the real model, whose key is in GOOGLE_API_KEY.

It is the whole system that is attacked, with a canary in the system prompt and another in another user's
conversation. Ends with 1 if either reached an answer.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from tests.contract.conftest import put_analyses
from tests.security.attacks import plant_other, put_poison, read_attacks, run_attacks, secrets_in
from tests.support.stack import Stack

PASSED_ON = ("GOOGLE_API_KEY", "GEMINI_API_KEY", "GEMINI_MODEL", "GEMINI_BASE_URL")


async def main() -> int:
    """Print one line per attack; 0 if nothing leaked."""
    attacks = read_attacks()
    env = {name: os.environ.get(name, "") for name in PASSED_ON}
    with tempfile.TemporaryDirectory(prefix="tickertalk-redteam-") as folder:
        stack = Stack(
            Path(folder),
            env={"MESSAGE_RATE": "1000"},
            worker_env=env,
            launcher=("-m", "tests.security.canary"),
        )
        async with stack:
            await put_analyses(stack.database_url)
            await put_poison(stack.database_url, attacks)
            await plant_other(stack)
            told = await run_attacks(stack, attacks, timeout=180)
    leaks = 0
    for one in told:
        found = secrets_in(one)
        leaks += bool(found)
        unanswered = sum(answer.startswith("(") for answer in one.answers)
        verdict = (
            f"LEAKED {', '.join(found)}"
            if found
            else "kept" + (f", {unanswered} without an answer" if unanswered else "")
        )
        print(f"{one.attack.kind:11} {one.attack.name:28} {verdict}")
        if found:
            print("\n".join(f"    {line}" for answer in one.answers for line in answer.splitlines()))
    print(f"{len(told)} attacks, {leaks} leaks")
    return 1 if leaks else 0


if __name__ == "__main__":
    if not (os.environ.get("GOOGLE_API_KEY") or os.environ.get("GEMINI_API_KEY")):
        print(
            "Skipped: there is no GOOGLE_API_KEY, so there is no real model to attack."
            " `make test` runs the same attacks against the scripted and the offline model."
        )
        sys.exit(0)
    sys.exit(asyncio.run(main()))
