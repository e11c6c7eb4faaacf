"""The drawings of a topology: every kind of line."""

from pathlib import Path
from typing import Any

from harness.kernel.instant import minutes, seconds
from harness.mappings.mapping import BucketNotification, Mapping
from harness.reports.mermaid import as_mermaid
from harness.reports.topology import as_text
from harness.runtime.function import (
    AsynchronousConfiguration,
    DestinationConfiguration,
    Function,
)
from harness.world.topology import GraphqlApi, Resolver, Resource, Topology

QUEUE = Resource("Work", "work", {"QueueName": "work"}, arn="arn:aws:sqs:r:1:work")
STREAM = Resource("Scores", "Scores", {}, arn="arn:aws:kinesis:r:1:stream/Scores")
BUCKET = Resource("end", "end", {}, arn="arn:aws:s3:::end")


def a_function(name: str, **settings: Any) -> Function:
    return Function(name, name, Path(), "app.handler", **settings)


def a_topology() -> Topology:
    to_queue = DestinationConfiguration(QUEUE.arn, "sqs")
    return Topology(
        path=Path("template.yaml"),
        streams=(STREAM,),
        queues=(QUEUE,),
        buckets=(BUCKET,),
        functions=(
            a_function("Load", asynchronous=AsynchronousConfiguration(on_failure=to_queue)),
            a_function("Save", reserved_concurrency=3),
            a_function("Idle"),
        ),
        mappings=(
            Mapping(
                "M",
                "Save",
                "kinesis",
                "Scores",
                STREAM.arn,
                500,
                batching_window=seconds(5),
                maximum_record_age=minutes(1),
                bisect_batch_on_function_error=True,
                parallelization_factor=2,
                tumbling_window=seconds(30),
                is_enabled=False,
            ),
        ),
        notifications=(
            BucketNotification("end", ("s3:ObjectCreated:*",), "in/", ".csv", "Load"),
            BucketNotification("end", ("s3:ObjectRemoved:*",), queue_arn=QUEUE.arn),
        ),
        apis=(GraphqlApi("Api", "api", "", (Resolver("Query", "score", "Load"),)),),
    )


def test_every_kind_of_source_has_its_tree() -> None:
    """APIs, buckets, streams; then functions that nothing invokes, then the ends.

    What a function is stands at its first place only.
    """
    assert (
        as_text(a_topology())
        == """\
AppSync API Api (api)
└─ Query.score
   └─ -> Load [a GraphQL query]
      ├─ handler app.handler, 3 s, 128 MB
      └─ on failure -> Work

bucket end
├─ -> Load [ObjectCreated:* of in/*.csv] (see above)
└─ -> Work [ObjectRemoved:* of *]

stream Scores
└─ -> Save [batch 500, window 5 s, TRIM_HORIZON, age up to 60 s, bisects, parallel 2, \
tumbling 30 s, disabled]
   └─ handler app.handler, 3 s, 128 MB, at most 3 at once

-> Idle [nothing in this template invokes it]
└─ handler app.handler, 3 s, 128 MB

nothing is invoked by
└─ queue Work (work)
"""
    )


def test_a_logical_id_that_mermaid_reserves_is_changed() -> None:
    """``end`` would close a block that was never opened."""
    assert (
        as_mermaid(a_topology())
        == """\
flowchart LR
    Api{{"Api"}}
    end_[/"end"/]
    Scores[["Scores"]]
    Work("Work")
    Load(["Load"])
    Save(["Save"])
    Idle(["Idle"])
    Api -->|"Query.score"| Load
    end_ -->|"in/*.csv"| Load
    end_ -->|"*"| Work
    Scores -->|"batch 500"| Save
    Load -->|"on failure"| Work
"""
    )
