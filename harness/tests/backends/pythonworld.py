"""A world driven from Python on a backend: an order comes by SQS, is kept in DynamoDB, and its stream has it shipped to S3.

``python -m harness.tests.backends.pythonworld NAME`` does it where there is no pytest, beside an
emulator that something else has started.
"""

import json
import sys
from pathlib import Path

from harness.backends.backend import Backend
from harness.world.world import World

WORLD = Path(__file__).parents[1] / "foreign" / "world.yaml"
LABEL = b"courier: order o-1, 2 articles\n"


def shipped(backend: Backend | str) -> list[bytes]:
    """Return the labels that two worlds, one after the other, have of the same order."""
    return [_label(backend, order_id="o-1") for _ in range(2)]


def _label(backend: Backend | str, order_id: str) -> bytes:
    with World(WORLD, backend=backend) as world:
        queue_url = world.topology.outputs["QueueUrl"]
        order = {"orderId": order_id, "articles": ["cup", "plate"]}
        world.client("sqs").send_message(QueueUrl=queue_url, MessageBody=json.dumps(order))
        world.settle()
        assert len(world.dynamodb.tables["orders-dev"].items) == 1, "it was emptied for this world"
        bucket = world.topology.outputs["Bucket"]
        answer = world.client("s3").get_object(Bucket=bucket, Key=f"labels/{order_id}.txt")
        label: bytes = answer["Body"].read()
        return label


if __name__ == "__main__":
    assert shipped(sys.argv[1]) == [LABEL, LABEL]
    sys.stdout.write(f"a world in Python runs on {sys.argv[1]}\n")
