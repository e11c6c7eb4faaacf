"""``python -m harness.tests.fuzzing --calls 1000000``: a long campaign, and what it found."""

import argparse
import sys

from harness.tests.fuzzing.campaign import SERVICES, Campaign

_STEP = 10_000


def main() -> int:
    """Run a campaign, print its findings, return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="harness.tests.fuzzing", description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--services", nargs="*", choices=SERVICES, default=list(SERVICES))
    parser.add_argument("--outcomes", action="store_true", help="show how calls ended")
    arguments = parser.parse_args()
    campaign = Campaign(arguments.seed, tuple(arguments.services))
    made = 0
    while made < arguments.calls:
        step = min(_STEP, arguments.calls - made)
        campaign.run(step)
        made += step
        sys.stderr.write(f"{made} calls, {len(campaign.findings)} findings\n")
    if arguments.outcomes:
        for operation, endings in sorted(campaign.outcomes.items()):
            sys.stdout.write(f"{operation} {dict(endings)}\n")
    for key, finding in sorted(campaign.findings.items()):
        times = campaign.counts[" ".join(key)]
        sys.stdout.write(f"{finding} ({times} times)\n")
    return 1 if campaign.findings else 0


if __name__ == "__main__":
    sys.exit(main())
