"""What is too long for a mapping: patterns of filters, and the list of response types."""

from pathlib import Path
from typing import Any

import pytest

from harness.tests.world.awslambda.account import an_account, wait_until
from harness.tests.world.awslambda.mappingcalls import CREATE, create, refusal

REPORT = "ReportBatchItemFailures"
LONGEST = '{"data": {"a": ["' + "x" * 4_075 + '"]}}'


def _filtered(*patterns: str) -> dict[str, Any]:
    return {"FilterCriteria": {"Filters": [{"Pattern": pattern} for pattern in patterns]}}


@pytest.mark.aws(
    "Pattern: Length Constraints: Maximum length of 4096.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html",
    service="eventsourcemapping",
)
def test_a_pattern_has_at_most_4096_characters(tmp_path: Path) -> None:
    """The one that is longer is named by its place; nothing is created, or changed, then."""
    with an_account(tmp_path) as world:
        response = refusal(world, **_filtered("{}", LONGEST + " "))
        client = world.client("lambda")
        uuid = create(world, **_filtered(LONGEST))["UUID"]
        wait_until(client, world, uuid, "Enabled")
        with pytest.raises(client.exceptions.ClientError, match="ValidationException"):
            client.update_event_source_mapping(UUID=uuid, **_filtered(LONGEST + " "))
        (mapping,) = client.list_event_source_mappings()["EventSourceMappings"]

    assert len(LONGEST) == 4_096
    assert response["Error"] == {
        "Code": "ValidationException",
        "Message": (
            f"1 validation error detected: Value '{LONGEST} ' at "
            "'filterCriteria.filters.2.member.pattern' failed to satisfy constraint: "
            "Member must have length less than or equal to 4096"
        ),
    }
    assert mapping["FilterCriteria"]["Filters"] == [{"Pattern": LONGEST}]


@pytest.mark.aws(
    "FunctionResponseTypes: Array Members: Maximum number of 1 item.",
    source=CREATE,
    service="eventsourcemapping",
)
def test_there_is_one_response_type_at_most(tmp_path: Path) -> None:
    """Also if it is the same one twice."""
    with an_account(tmp_path) as world:
        response = refusal(world, FunctionResponseTypes=[REPORT, REPORT])

    assert response["Error"] == {
        "Code": "ValidationException",
        "Message": (
            f"1 validation error detected: Value '[{REPORT}, {REPORT}]' at 'functionResponseTypes' "
            "failed to satisfy constraint: Member must have length less than or equal to 1"
        ),
    }
