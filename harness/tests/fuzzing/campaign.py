"""A campaign: many calls with bad parameters, and what must hold of each.

A call is answered, or refused as AWS or botocore or the engine by name would refuse it.  After a
refusal the engine is what it was before, but where AWS says otherwise.
"""

import copy
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import OperationModel

from harness.errors import UnsupportedError
from harness.tests.fuzzing.account import KNOWN, Account
from harness.tests.fuzzing.answers import strange_code, strange_member
from harness.tests.fuzzing.parameters import ParameterSource
from harness.tests.fuzzing.snapshot import first_difference, snapshot

SERVICES = ("cloudwatch", "dynamodb", "dynamodbstreams", "kinesis", "s3", "sqs")
_CALLS_PER_ACCOUNT = 150
_UNCHECKED = Config(parameter_validation=False)
_UNCHECKED_SHARE = 0.1
"""How many of the calls come from a client that does not check its parameters."""

_SHOWN_CHARACTERS = 700
_STATE_OF = {"dynamodbstreams": "dynamodb"}
_DONE_IN_PART = frozenset({("cloudwatch.DeleteDashboards", "error")})
"""What does as much as it can before it ends in an error (CloudWatch API reference, "DeleteDashboards")."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One call after which something does not hold."""

    kind: str
    """``crash``, ``changed state``, ``strange code`` or ``strange answer``."""
    operation: str
    where: str
    """The place in the engine, the member or the code: findings that share it are one."""
    parameters: Any
    detail: str

    def __str__(self) -> str:
        shown = repr(self.parameters)[:_SHOWN_CHARACTERS]
        return f"{self.kind}: {self.operation}: {self.where}: {self.detail}\n    {shown}"


class Campaign:
    """Calls drawn from one seed.  *findings* has one of each sort, *counts* how often each came."""

    def __init__(self, seed: int, services: tuple[str, ...] = SERVICES) -> None:
        self._chance = Random(seed)
        session = boto3.Session(
            aws_access_key_id="mocked",
            aws_secret_access_key="mocked",
            region_name="us-east-1",
        )
        self._clients: dict[str, Any] = {name: session.client(name) for name in SERVICES}  # type: ignore[call-overload]  # any service name
        self._unchecked: dict[str, Any] = {
            name: session.client(name, config=_UNCHECKED)  # type: ignore[call-overload]  # any service name
            for name in SERVICES
        }
        self._account = Account(self._clients)
        self._source = ParameterSource(self._chance, KNOWN)
        operations = [
            (service, self._clients[service].meta.service_model.operation_model(name))
            for service in services
            for name in sorted(self._account.engine(service).operations)
        ]
        self._operations = [
            operation for operation in operations for _ in range(_weight(operation[1].name))
        ]
        self.findings: dict[tuple[str, str, str], Finding] = {}
        self.counts: Counter[str] = Counter()
        self.outcomes: dict[str, Counter[str]] = {}
        """Operation -> how its calls ended."""

    def run(self, call_count: int) -> None:
        """Make *call_count* calls."""
        for index in range(call_count):
            if index % _CALLS_PER_ACCOUNT == 0:
                self._begin_anew()
            service, operation = self._chance.choice(self._operations)
            self._one(service, operation)

    def _begin_anew(self) -> None:
        self._account = Account(self._clients)
        for service, output in self._account.shown:
            self._source.learn(service, output)

    def _one(self, service: str, operation: OperationModel) -> None:
        parameters = self._source.parameters(operation)
        given = _copied(parameters)
        label = f"{service}.{operation.name}"
        engine = self._account.engine(_STATE_OF.get(service, service))
        self._account.settle()
        before = snapshot(engine)
        for finding in self._outcomes(service, operation, parameters):
            kind, where, detail = finding
            self._found(Finding(kind, label, where, given, detail))
        ending = self._ending
        if ending != "answered" and (label, ending) not in _DONE_IN_PART:
            after = snapshot(engine)
            if after != before:
                where = first_difference(before, after)
                place = where.partition(":")[0]
                self._found(Finding("changed state", label, f"{ending} {place}", given, where))
                self._begin_anew()
        self.outcomes.setdefault(label, Counter())[ending] += 1

    def _outcomes(
        self, service: str, operation: OperationModel, parameters: dict[str, Any]
    ) -> Iterator[tuple[str, str, str]]:
        """Make the call and say how it ended; return what is wrong with its answer."""
        self._ending = "crash"
        try:
            clients = (
                self._unchecked if self._chance.random() < _UNCHECKED_SHARE else self._clients
            )
            output = self._account.cloud.call(clients[service], operation.name, parameters)
        except ClientError as error:
            self._ending = "error"
            code = error.response["Error"]["Code"]
            if strange_code(service, operation, code):
                yield "strange code", code, str(error)[:200]
        except UnsupportedError as error:
            self._ending = "unsupported"
            _, _, member = str(error).partition("parameter '")
            if member:
                self._source.refused.add((operation.name, member.partition("'")[0]))
        except BotoCoreError:
            self._ending = "invalid"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            if _is_of_botocore(error):
                self._ending = "invalid"
            else:
                yield "crash", _place(error), f"{type(error).__name__}: {str(error)[:160]}"
        else:
            self._ending = "answered"
            self._source.learn(service, output)
            member = strange_member(operation, output)
            if member:
                yield "strange answer", member, member

    def _found(self, finding: Finding) -> None:
        key = (finding.kind, finding.operation, finding.where)
        self.counts[" ".join(key)] += 1
        held = self.findings.get(key)
        if held is None or len(repr(finding.parameters)) < len(repr(held.parameters)):
            self.findings[key] = finding


def _weight(operation_name: str) -> int:
    """Return how often an operation is drawn: what takes resources away spoils later calls."""
    return (
        1 if operation_name.startswith(("Delete", "Purge")) and "Item" not in operation_name else 4
    )


def _copied(parameters: Any) -> Any:
    try:
        return copy.deepcopy(parameters)
    except Exception:  # noqa: BLE001 - only for the report
        return repr(parameters)


def _is_of_botocore(error: Exception) -> bool:
    """Whether a handler or the validator of botocore itself fell over, as it would with AWS."""
    frames = traceback.extract_tb(error.__traceback__)
    return any("/botocore/" in frame.filename for frame in frames[-8:])


def _place(error: Exception) -> str:
    """Return the innermost line of the harness that *error* came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/harness/" in frame.filename]
    last = own[-1]
    name = last.filename.rpartition("/harness/")[2]
    return f"{name}:{last.lineno} {type(error).__name__}"
