"""The world as a test in Python gets it: by the path of a world file, on any backend."""

from pathlib import Path

import pytest

from harness import World

WORLD = Path(__file__).parents[3] / "scenarios" / "world.yaml"
CSV = (
    b"campaignId,memberId,marketId,eventId,preferences,score,isVerified,verdict,scoredAt\n"
    b"sale,fan:0123456789abcdef,nyc,sale-nyc,nyc,0.5,true,selected,2026-01-05T08:00:00Z\n"
)


@pytest.mark.parametrize("backend", ["memory", "moto"])
def test_a_world_is_opened_by_the_path_of_its_file(backend: str) -> None:
    with World(str(WORLD), backend=backend) as world:
        world.client("s3").put_object(Bucket="vf-scoring", Key="scores/a.csv", Body=CSV)
        world.settle()

        kept = {item["SK"] for item in world.view().tables["demandTable"]}

    assert "member:fan:0123456789abcdef" in kept
