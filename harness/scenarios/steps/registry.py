"""Every step by the word that a scenario writes, in the order of the vocabulary."""

from harness.scenarios.steps.advance import Advance
from harness.scenarios.steps.clear_faults import ClearFaults
from harness.scenarios.steps.delete_item import DeleteItem
from harness.scenarios.steps.deploy import Deploy
from harness.scenarios.steps.inject import Inject
from harness.scenarios.steps.invoke import Invoke
from harness.scenarios.steps.mood import Mood
from harness.scenarios.steps.put_item import PutItem
from harness.scenarios.steps.put_object import PutObject
from harness.scenarios.steps.put_records import PutRecords
from harness.scenarios.steps.query import Query
from harness.scenarios.steps.send_message import SendMessage
from harness.scenarios.steps.settle import Settle
from harness.scenarios.steps.step import Step
from harness.scenarios.steps.update_item import UpdateItem

STEPS: dict[str, type[Step]] = {
    "put_object": PutObject,
    "put_records": PutRecords,
    "send_message": SendMessage,
    "query": Query,
    "invoke": Invoke,
    "put_item": PutItem,
    "update_item": UpdateItem,
    "delete_item": DeleteItem,
    "advance": Advance,
    "settle": Settle,
    "mood": Mood,
    "inject": Inject,
    "clear_faults": ClearFaults,
    "deploy": Deploy,
}
