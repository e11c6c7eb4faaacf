"""Any sequence of writes, against a plain dictionary."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key

sorts = st.sampled_from(["a", "b", "c", "d", "e"])
scores = st.integers(-3, 3).map(lambda number: {"N": str(number)})
verdicts = st.sampled_from(["selected", "waiting"]).map(lambda text: {"S": text})
Item = dict[str, Any]


class Store(RuleBasedStateMachine):
    """Five items of one partition, in a table with a local and a global index."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine(INDEXED, stream_shard_count=2)
        self.model: dict[str, Item] = {}
        self.changed = 0

    def _set(self, sort: str, item: Item | None) -> None:
        self.changed += self.model.get(sort) != item
        if item is None:
            self.model.pop(sort, None)
        else:
            self.model[sort] = item

    @rule(sort=sorts, score=st.none() | scores, verdict=st.none() | verdicts)
    def put(self, sort: str, score: Item | None, verdict: Item | None) -> None:
        item = key(sort)
        if score is not None:
            item["score"] = score
        if verdict is not None:
            item["verdict"] = verdict
        self.engine.call("PutItem", Item=item)
        self._set(sort, item)

    @rule(sort=sorts)
    def delete(self, sort: str) -> None:
        answer = self.engine.call("DeleteItem", Key=key(sort), ReturnValues="ALL_OLD")
        assert answer.get("Attributes") == self.model.get(sort)
        self._set(sort, None)

    @rule(sort=sorts, step=scores)
    def add(self, sort: str, step: Item) -> None:
        answer = self.engine.call(
            "UpdateItem",
            Key=key(sort),
            UpdateExpression="ADD score :step",
            ExpressionAttributeValues={":step": step},
            ReturnValues="ALL_NEW",
        )
        before = self.model.get(sort, key(sort))
        total = int(before.get("score", {"N": "0"})["N"]) + int(step["N"])
        self._set(sort, before | {"score": {"N": str(total)}})
        assert answer["Attributes"] == self.model[sort]

    @rule(sort=sorts, verdict=verdicts)
    def set_if_present(self, sort: str, verdict: Item) -> None:
        try:
            self.engine.call(
                "UpdateItem",
                Key=key(sort),
                UpdateExpression="SET verdict = :v",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":v": verdict},
            )
        except ServiceError as error:
            assert error.code == "ConditionalCheckFailedException"  # noqa: PT017 - either may be
            assert sort not in self.model
        else:
            self._set(sort, self.model[sort] | {"verdict": verdict})

    @rule(first=sorts, second=sorts)
    def swap_in_a_transaction(self, first: str, second: str) -> None:
        deletion = {"TableName": "demandTable", "Key": key(first)}
        creation = {
            "TableName": "demandTable",
            "Item": key(second),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        actions = [{"Delete": deletion}, {"Put": creation}]
        try:
            self.engine.ask("TransactWriteItems", TransactItems=actions)
        except ServiceError as error:
            assert first == second or second in self.model, error  # noqa: PT017 - either may be
        else:
            self._set(first, None)
            self._set(second, key(second))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def what_is_given_out_belongs_to_the_caller(self, data: st.DataObject) -> None:
        sort = data.draw(st.sampled_from(sorted(self.model)))
        item = self.engine.item(sort)
        assert item is not None
        for value in item.values():
            value.clear()

    @invariant()
    def every_read_agrees_with_the_model(self) -> None:
        values = {":p": {"S": "p"}}
        found = self.engine.call(
            "Query", KeyConditionExpression="pk = :p", ExpressionAttributeValues=values
        )["Items"]
        assert found == [self.model[sort] for sort in sorted(self.model)]
        segments = [
            item
            for segment in range(3)
            for item in self.engine.call("Scan", Segment=segment, TotalSegments=3)["Items"]
        ]
        assert segments == found

    @invariant()
    def the_indexes_hold_what_has_their_keys(self) -> None:
        local = self.engine.call(
            "Query",
            IndexName="byScore",
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": "p"}},
        )["Items"]
        scored = [item for item in self.model.values() if "score" in item]
        scored.sort(key=lambda item: (int(item["score"]["N"]), item["sk"]["S"]))
        assert [item["sk"] for item in local] == [item["sk"] for item in scored]
        both = self.engine.call("Scan", IndexName="byVerdict")["Items"]
        wanted = [item["sk"]["S"] for item in scored if "verdict" in item]
        assert sorted(item["sk"]["S"] for item in both) == sorted(wanted)

    @invariant()
    def the_stream_replayed_is_the_table(self) -> None:
        records = sorted(self.engine.records, key=lambda record: int(record.sequence_number))
        assert len(records) == self.changed
        replayed: dict[str, Item] = {}
        for record in records:
            sort = record.keys["sk"]["S"]
            assert replayed.pop(sort, None) == record.old_image
            if record.new_image is not None:
                replayed[sort] = record.new_image
        assert replayed == self.model


Store.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestStore = Store.TestCase
