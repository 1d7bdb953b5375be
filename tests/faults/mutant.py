"""`python -m tests.faults.mutant NAME -- gateway`: start a service as a broken build."""

import runpy
import sys

from tests.faults.mutants import load


def main() -> None:
    name, separator, service = sys.argv[1:4]
    assert separator == "--", "usage: python -m tests.faults.mutant NAME -- gateway|agent_worker"
    mutant = load()[name]
    if service in mutant.services:
        mutant.apply()
    sys.argv = sys.argv[3:]
    runpy.run_module(service, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
