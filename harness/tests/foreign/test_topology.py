"""Another team's template: read without a change, drawn without a name known beforehand."""

from pathlib import Path

from harness.kernel.instant import seconds
from harness.mappings.mapping import Mapping
from harness.reports.mermaid import as_mermaid
from harness.reports.topology import as_text
from harness.runtime.function import DestinationConfiguration
from harness.services.base.identity import Identity
from harness.world.configuration import find_configuration, read_configuration
from harness.world.template.reader import read_topology
from harness.world.topology import Topology

HERE = Path(__file__).parent
DEAD = "arn:aws:sqs:us-east-1:123456789012:DeadOrders"

TREE = """\
table Orders (orders-dev)
└─ -> ShipOrder [batch 25, TRIM_HORIZON, retries 2, only {"eventName": ["INSERT"]}]
   ├─ handler orders.ship.handler, 10 s, 256 MB
   ├─ refers to DeadOrders (policies)
   ├─ refers to LabelsBucket (LABELS_BUCKET, policies)
   └─ failed batches of orders-dev -> DeadOrders

queue IncomingQueue (orders-dev-incoming)
├─ -> AcceptOrder [batch 5, reports failed items]
│  ├─ handler orders.accept.handler, 20 s, 256 MB
│  └─ refers to Orders (ORDERS_TABLE, policies)
└─ after 3 receives -> queue DeadOrders

nothing is invoked by
├─ bucket LabelsBucket (labels-dev-123456789012)
└─ queue DeadOrders

without effect in a simulation
├─ tags are labels: Tags of AcceptOrder, ShipOrder
├─ permissions are not simulated: every call is allowed: Policies of AcceptOrder, ShipOrder
└─ where logs are kept is not simulated: ShipOrderLogs
"""

FLOWCHART = """\
flowchart LR
    LabelsBucket[/"LabelsBucket"/]
    Orders[("Orders")]
    IncomingQueue("IncomingQueue")
    DeadOrders("DeadOrders")
    AcceptOrder(["AcceptOrder"])
    ShipOrder(["ShipOrder"])
    IncomingQueue -->|"batch 5"| AcceptOrder
    Orders -->|"batch 25"| ShipOrder
    ShipOrder -->|"failed batches of orders-dev"| DeadOrders
    IncomingQueue -->|"after 3 receives"| DeadOrders
    AcceptOrder -.->|refers to| Orders
    ShipOrder -.->|refers to| DeadOrders
    ShipOrder -.->|refers to| LabelsBucket
"""


def the_topology() -> Topology:
    path = find_configuration(HERE / "scenarios")
    assert path is not None
    configuration = read_configuration(path)
    return read_topology(
        configuration.template,
        configuration.parameters,
        identity=Identity(),
        start=configuration.start,
    )


def test_its_functions_are_found_with_globals_and_maps() -> None:
    """Code lies in src/, memory comes from a map, the token from the world file."""
    accept, ship = the_topology().functions

    assert (accept.code, accept.handler) == (HERE / "src", "orders.accept.handler")
    assert (accept.timeout, accept.memory_mb) == (seconds(20), 256)
    assert accept.environment == {
        "STAGE": "dev",
        "API_TOKEN": "not-a-real-token",
        "ORDERS_TABLE": "orders-dev",
    }
    assert (ship.timeout, ship.environment["CARRIER"]) == (seconds(10), "courier")


def test_its_queue_and_its_stream_invoke_them() -> None:
    """The label of the table's stream is the start of the world."""
    accepting, shipping = the_topology().mappings

    assert accepting == Mapping(
        logical_id="AcceptOrderIncoming",
        function_name="AcceptOrder",
        source_kind="sqs",
        source_name="orders-dev-incoming",
        source_arn="arn:aws:sqs:us-east-1:123456789012:orders-dev-incoming",
        batch_size=5,
        report_batch_item_failures=True,
    )
    assert shipping == Mapping(
        logical_id="ShipOrderAccepted",
        function_name="ShipOrder",
        source_kind="dynamodb",
        source_name="orders-dev",
        source_arn="arn:aws:dynamodb:us-east-1:123456789012:table/orders-dev/stream/"
        "2026-03-01T08:00:00.000",
        batch_size=25,
        maximum_retry_attempts=2,
        filters=('{"eventName": ["INSERT"]}',),
        on_failure=DestinationConfiguration(DEAD, "sqs"),
    )


def test_its_resources_follow_its_conditions() -> None:
    """The broadcast queue is for production only."""
    topology = the_topology()

    assert [queue.logical_id for queue in topology.queues] == ["IncomingQueue", "DeadOrders"]
    assert topology.queue("Broadcast") is None
    assert topology.buckets[0].settings == {}
    assert topology.outputs == {
        "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders-dev-incoming",
        "Bucket": "labels-dev-123456789012",
    }


def test_it_is_drawn_as_a_tree() -> None:
    """What invokes what, with the settings that matter."""
    assert as_text(the_topology()) == TREE


def test_it_is_drawn_as_a_flowchart() -> None:
    """The same as a picture."""
    assert as_mermaid(the_topology()) == FLOWCHART
