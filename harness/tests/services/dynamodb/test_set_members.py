"""Sets with an empty member, and updates that leave a set without any."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key

SOURCE = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier1/updateItem/basic.test.ts"
)


@pytest.mark.aws(
    "A set may have an empty text or empty bytes as a member, which ADD and DELETE treat as any "
    "other; a set that loses its last member is removed",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("before", "expression", "given", "after"),
    [
        (None, "SET t = :v", {"SS": [""]}, {"SS": [""]}),
        (None, "ADD t :v", {"SS": [""]}, {"SS": [""]}),
        ({"SS": ["a"]}, "ADD t :v", {"SS": [""]}, {"SS": ["", "a"]}),
        ({"SS": [""]}, "ADD t :v", {"SS": [""]}, {"SS": [""]}),
        ({"BS": [b"\1"]}, "ADD t :v", {"BS": [b""]}, {"BS": [b"", b"\1"]}),
        ({"SS": ["", "a"]}, "DELETE t :v", {"SS": [""]}, {"SS": ["a"]}),
        ({"SS": ["", "a"]}, "DELETE t :v", {"SS": ["a"]}, {"SS": [""]}),
        ({"SS": [""]}, "DELETE t :v", {"SS": [""]}, None),
        ({"SS": ["a", "b"]}, "DELETE t :v", {"SS": ["a", "b"]}, None),
    ],
)
def test_an_empty_member_is_a_member(
    before: dict[str, Any] | None,
    expression: str,
    given: dict[str, Any],
    after: dict[str, Any] | None,
) -> None:
    engine = Engine()
    engine.put(**({} if before is None else {"t": before}))
    engine.update(expression, {":v": given})
    assert engine.item() == key() | ({} if after is None else {"t": after})
