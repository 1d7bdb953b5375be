"""`make eval`: ask the rule-made questions, score the answers, and compare with what is recorded.

make eval                          the whole set on the offline model, and the planted faults
make eval N=300 SEED=7             another set (scored against the record with the tolerance of chance)
make eval KIND=german              only kinds with this in their name
make eval SOCKET=1                 through gateway, Redis and worker, fewer questions
make eval MODEL=gemini:… N=300     a model with a key: answers kept in .data/eval, models side by side in one page
make eval RECORD=1                 write what was reached into tests/eval/recorded.toml
"""

import asyncio
import os
import sys

from shared.settings import SettingsError
from tests.eval import recorded
from tests.eval.options import DATA, Options, read_options
from tests.eval.page import keep, result_of, write_page
from tests.eval.planted import sample_of_the_project
from tests.eval.rates import SETS, Rates, rates, report
from tests.eval.run import evaluate
from tests.eval.scoring import Scored
from tests.eval.table import failures, flagged, flagged_count, rows_of, table

PLANTED = 502
"""Right answers into which every fault that fits is planted."""


def main() -> int:
    """0 when nothing is worse than recorded."""
    try:
        options = read_options(os.environ)
        scored = asyncio.run(evaluate(options))
    except (SettingsError, LookupError) as error:
        print(f"eval: {error.args[0]}", file=sys.stderr)
        return 2
    rows = rows_of(scored)
    print(table(rows))
    _write(scored)
    if options.model:
        print(f"Models side by side: {write_page(keep(result_of(options, scored)))}")
        return 1 if rows[-1].bled else 0
    found = _planted(options)
    if options.record and options.standard and found:
        share = _flagged_share(scored)
        print(f"Recorded in {recorded.write(rows, share, recorded.planted_shares(found))}")
        return 1 if rows[-1].bled else 0
    return _judge(options, scored, found)


def _planted(options: Options) -> Rates | None:
    """The figure checker on planted faults; not in a run of some kinds or through the socket."""
    if options.only or options.socket:
        return None
    phrasings = [phrasing for each in SETS.values() for phrasing in each]
    found = rates(sample_of_the_project(), phrasings, right=PLANTED, seed=options.seed)
    faults = sum(planted for _, planted in found.faults.values())
    print(
        f"\n{faults} faults planted in {PLANTED} right answers of {len(phrasings)} phrasings\n{report(found)}"
    )
    return found


def _judge(options: Options, scored: list[Scored], found: Rates | None) -> int:
    exact = options.standard and not options.socket
    worse = recorded.fallen(rows_of(scored), exact=exact)
    if not options.only:
        worse += recorded.fallen_figures(*flagged_count(scored), exact=exact)
    if found and options.standard:
        worse += recorded.fallen_planted(found)
    print("\n".join(["", *worse]) if worse else "\nNothing is worse than recorded.")
    return 1 if worse else 0


def _flagged_share(scored: list[Scored]) -> float:
    bad, all_of_them = flagged_count(scored)
    return bad / max(1, all_of_them)


def _write(scored: list[Scored]) -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    for name, text in (("failures.txt", failures(scored)), ("figures.txt", flagged(scored))):
        (DATA / name).write_text(text, "utf-8")
    wrong = sum(not each.right for each in scored)
    print(
        f"{wrong} of {len(scored)} are wrong: {DATA / 'failures.txt'}. Figures not verified: {DATA / 'figures.txt'}"
    )


if __name__ == "__main__":
    sys.exit(main())
