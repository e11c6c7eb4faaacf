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
        print(f"{made} calls, {len(campaign.findings)} findings", file=sys.stderr)
    if arguments.outcomes:
        for operation, endings in sorted(campaign.outcomes.items()):
            print(operation, dict(endings))
    for key, finding in sorted(campaign.findings.items()):
        times = campaign.counts[" ".join(key)]
        print(f"{finding.kind}: {finding.operation}: {finding.where} ({times} times)")
        print(f"    {finding.detail}")
        print(f"    {finding.parameters!r}"[:700])
    return 1 if campaign.findings else 0


if __name__ == "__main__":
    sys.exit(main())
