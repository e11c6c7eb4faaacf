"""The same campaign and the same handlers on moto in process.

moto keeps the state; what AWS does by itself between the services is done here by the simplest
means: each source is read to its end, over and over, until nothing is left.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import moto

from harness.bench.content import Content
from harness.bench.deployed import Deployed, Silence, deploy
from harness.bench.finaltables import write_tables
from harness.bench.motoaccount import Account
from harness.bench.motonotice import created_events, created_object
from harness.bench.motosources import Source, sources
from harness.bench.partnerservices import PartnerServices
from harness.bench.plan import Plan, read_plan
from harness.bench.process import answer, peak_bytes
from harness.bench.stopwatch import Stopwatch
from harness.bench.task import Result, Task
from harness.errors import HarnessError
from harness.runtime.collector import rare_collections
from harness.services.base.identity import Identity
from harness.world.declaring import declared_topology
from harness.world.topology import Topology

_ROUNDS_MAX = 1_000


class RestlessError(HarnessError):
    """Messages and changes go round and round."""


def measure(task: Task) -> Result:
    """Run a small campaign, then the measured one in an account of its own."""
    plan = read_plan(Path(task.plan))
    sys.stdout = Silence()  # all that handlers use of it
    with moto.mock_aws():
        Campaign(plan).run(task.warm_up)
    with moto.mock_aws():
        campaign = Campaign(plan)
        with rare_collections():
            campaign.run(task.content)
        peak = peak_bytes()
        if task.tables:
            campaign.write(Path(task.tables))
        return Result(
            campaign.watch.elapsed,
            peak,
            outside=campaign.partners.watch.elapsed,
            invocations=campaign.invocations,
        )


class Campaign:
    """An account in moto with the template's functions around it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        configuration = plan.configuration_for_moto()
        self._identity = Identity()
        self._topology: Topology = declared_topology(configuration, self._identity)
        self._account = Account(self._identity)
        self._account.create(self._topology, configuration.start)
        self.partners = PartnerServices(plan)
        self.watch = Stopwatch()
        self.invocations = 0
        deployed = deploy(self._topology.functions, self._identity, configuration.start)
        self._functions: Mapping[str, Deployed] = {
            function.function.name: function for function in deployed.values()
        }
        self._sources: list[Source] = sources(
            self._topology, self._account, self._identity, invoke=self._invoke, watch=self.watch
        )

    def run(self, content: Content) -> None:
        """Put the object and deliver whatever follows from it."""
        with self.partners.active(), self.watch.running():
            self._put(content)
            for _ in range(_ROUNDS_MAX):
                if not sum(source.drain() for source in self._sources):
                    return
        raise RestlessError(f"the campaign is not at rest after {_ROUNDS_MAX} rounds")

    def write(self, path: Path) -> None:
        """Write the final tables down."""
        tables = {}
        for name in self._plan.comparison.tables:
            table = self._topology.table(name)
            assert table is not None, "the memory run has found it"
            tables[name] = self._account.items(table.name)
        write_tables(path, tables, self._plan.comparison)

    def _put(self, content: Content) -> None:
        bucket = self._topology.bucket(self._plan.bucket)
        assert bucket is not None, "the memory run has found it"
        key = self._plan.key
        told = self._account.clients["s3"].put_object(
            Bucket=bucket.name, Key=key, Body=Path(content.path).read_bytes()
        )
        created = created_object(bucket.name, key, content.size, told)
        now = self._plan.configuration.start
        for function_name, event in created_events(self._topology, self._identity, now, created):
            self._invoke(function_name, event)

    def _invoke(self, function_name: str, event: Any) -> Any:
        deployed = self._functions[function_name]
        self.invocations += 1
        with self.watch.stopped():
            context = deployed.enter()
        try:
            return deployed.handler(event, context)
        finally:
            with self.watch.stopped():
                deployed.leave()


if __name__ == "__main__":
    answer(measure)
