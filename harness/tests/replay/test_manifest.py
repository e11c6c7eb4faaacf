"""The manifest's schema and its README are fresh; recorded answers are part of a campaign."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.errors import ScenarioError
from harness.replay.campaign import load
from harness.replay.manifest import Manifest
from harness.replay.player import Player
from harness.replay.regenerate import FILE, schema_text
from harness.scenarios.documents.nodes import plain
from harness.scenarios.documents.parsing import parse
from harness.scenarios.documents.source import read_source
from harness.scenarios.shapes.derive import record_of
from harness.tests.replay.shop import FOREIGN
from harness.world.world import World

ROOT = Path(__file__).parents[3]
CAMPAIGNS = sorted(ROOT.glob("fixtures/campaigns/*/campaign.yaml"))


def test_the_schema_is_fresh() -> None:
    """Editors complete what the reader takes."""
    assert FILE.read_text() == schema_text(), "run python -m harness.replay.regenerate"
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("path", CAMPAIGNS, ids=[path.parent.name for path in CAMPAIGNS])
def test_every_campaign_keeps_to_the_schema_and_names_it(path: Path) -> None:
    """The editor finds the schema by the first line."""
    source = read_source(path)
    first = source.line(1).removeprefix("# yaml-language-server: $schema=")
    validator = Draft202012Validator(json.loads(schema_text()))

    assert (path.parent / first).resolve() == FILE.resolve()
    assert [error.message for error in validator.iter_errors(plain(parse(source)))] == []


def test_the_readme_tells_every_key() -> None:
    """One row a key."""
    text = FILE.with_name("README.md").read_text()

    assert [key.name for key in record_of(Manifest).keys if f"| `{key.name}` |" not in text] == []


WORLD = f"""\
template: {FOREIGN / "template.yaml"}
parameters: {{ApiToken: not-a-real-token}}
partners:
  shop: {{application: "harness.tests.replay.shop:answer", url: "https://shop.test"}}
"""
CAMPAIGN = """\
title: A shop is asked
given:
  answers: {shop: shop.jsonl}
arrivals: []
"""


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot read 'shop.jsonl': no such file or directory"),
        ('{"path": "/a"}\n{"path": 5}\n', "shop.jsonl: line 2: Expected `str`, got `int`"),
        (b"\xff\n", "shop.jsonl: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_answers_that_cannot_be_read_are_broken_at_the_partners_name(
    tmp_path: Path, content: str | bytes | None, problem: str
) -> None:
    """With the line of the recording."""
    (tmp_path / "world.yaml").write_text(WORLD)
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN)
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "shop.jsonl").write_bytes(data)
    campaign = load(tmp_path)

    with (
        World(campaign.configuration) as world,
        pytest.raises(ScenarioError, match=r"campaign\.yaml:3:13: ") as caught,
    ):
        Player(campaign, world).prepare()

    assert problem in str(caught.value)
