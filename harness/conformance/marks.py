"""The two pytest marks that a card is read off, and what is asked of them.

::

    @pytest.mark.aws("AWS's statement", source="https://docs.aws.amazon.com/...", service="sqs")
    @pytest.mark.divergence(
        service="sqs", peer="moto 5.2.5", theirs="...", ours="...",
        aws="AWS's statement", source="https://docs.aws.amazon.com/...", right="ours",
    )
"""

from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest

from harness.conformance.behaviour import SERVICES, Right
from harness.errors import HarnessError

NAMES = ("aws", "divergence")
AWS = frozenset({"statement", "source", "service"})
DIVERGENCE = frozenset({"service", "peer", "theirs", "ours", "aws", "source", "right"})
SOURCES = (
    "docs.aws.amazon.com",
    "aws.amazon.com",
    "repost.aws",
    "github.com/aws/",
    "github.com/awsdocs/",
    "github.com/boto/",
    "github.com/localstack/localstack/",
    "github.com/scylladb/scylladb/",
    "github.com/getmoto/moto/",
    "github.com/mhart/kinesalite/",
    "github.com/paritysuite/dynamodb-conformance/",
    "github.com/nubo-db/dynamodb-conformance/",
)
"""AWS's own pages and models, and the test suites that were run against AWS."""


class MarkError(HarnessError):
    """A mark that does not say what a card needs."""


def facts(mark: pytest.Mark, node_id: str) -> dict[str, str]:
    """Return what *mark* says, checked; the statement of ``aws`` may stand first, unnamed."""
    said: dict[str, Any] = dict(mark.kwargs)
    if mark.name == "aws" and len(mark.args) == 1:
        said["statement"] = mark.args[0]
    elif mark.args:
        raise MarkError(f"{node_id}: @pytest.mark.{mark.name} takes keywords: {mark.args!r}")
    _require(said, AWS if mark.name == "aws" else DIVERGENCE, f"{node_id}: {mark.name}")
    return said


def _require(said: Mapping[str, Any], members: frozenset[str], where: str) -> None:
    if said.keys() != members:
        wrong = ", ".join(sorted(said.keys() ^ members))
        raise MarkError(f"{where}: needs exactly {', '.join(sorted(members))}; see {wrong}")
    for name, value in said.items():
        if not isinstance(value, str) or not value.strip():
            raise MarkError(f"{where}: {name} is to be a text: {value!r}")
    if said["service"] not in SERVICES:
        raise MarkError(f"{where}: service {said['service']!r} is none of {', '.join(SERVICES)}")
    if "right" in said and said["right"] not in get_args(Right):
        raise MarkError(f"{where}: right is to be one of {', '.join(get_args(Right))}")
    address = urlsplit(said["source"])
    if address.scheme != "https" or not f"{address.netloc}{address.path}".startswith(SOURCES):
        raise MarkError(f"{where}: {said['source']!r} is no page of {', '.join(SOURCES)}")
