"""What a world file goes without: left out by name, and told."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.world.configuration import read_configuration
from harness.world.declaring import declared_topology
from harness.world.topology import Topology

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.11}}
Resources:
  Front:
    Type: AWS::CloudFront::Distribution
    Connectors: {A: {}}
  Inbox: {Type: AWS::SQS::Queue}
  Accept:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      ImageConfig: {Command: [run]}
      Environment:
        Variables:
          FRONT: !Ref Front
          DOMAIN: !GetAtt Front.DomainName
          API: !Sub "https://${ServerlessHttpApi}.test"
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn}}
        Web: {Type: HttpApi}
"""


def declared(folder: Path, without: str) -> Topology:
    (folder / "src").mkdir()
    (folder / "src" / "app.py").write_text("def handler(event, context): ...\n")
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "world.yaml").write_text(f"template: template.yaml\nwithout: {without}\n")
    return declared_topology(read_configuration(folder / "world.yaml"))


def test_resources_and_properties_that_are_named_are_left_out_and_told(tmp_path: Path) -> None:
    """Nothing is left out in silence, and nothing but what was named."""
    topology = declared(
        tmp_path, "[Front, Accept.Events.Web, Accept.ImageConfig, ServerlessHttpApi]"
    )

    assert [mapping.logical_id for mapping in topology.mappings] == ["AcceptQueue"]
    told = [
        (ignored.logical_id, ignored.type_name, ignored.setting)
        for ignored in topology.ignored
        if ignored.why == "the world file goes without it"
    ]
    assert told == [
        ("Front", "AWS::CloudFront::Distribution", ""),
        ("Accept", "AWS::Serverless::Function", "Events.Web"),
        ("Accept", "AWS::Serverless::Function", "ImageConfig"),
    ]


def test_what_refers_to_it_gets_a_name_that_reads_right(tmp_path: Path) -> None:
    """Code that only carries the name about needs no more."""
    topology = declared(
        tmp_path, "[Front, Accept.Events.Web, Accept.ImageConfig, ServerlessHttpApi]"
    )

    (function,) = topology.functions
    assert dict(function.environment) | {} == {
        "FRONT": "Front",
        "DOMAIN": "Front.DomainName",
        "API": "https://ServerlessHttpApi.test",
    }


@pytest.mark.parametrize(
    ("without", "problem"),
    [
        ("[Frond]", "world.yaml:2:11: the template has no 'Frond'; did you mean 'Front'?"),
        (
            "[Front, Accept.Events.Wbe]",
            "world.yaml:2:18: 'Accept.Events' of the template has no 'Wbe'; did you mean 'Web'?",
        ),
        ("[Front, Accept.Event.Web]", "'Accept' of the template has no 'Event'"),
        ("[Front, Accept.Handler.Name]", "'Accept' of the template has no 'Handler'"),
        ("[{a: b}]", "world.yaml:2:11: world file: expected a logical id, Front, or one and"),
        ("[Accept..Web]", "world.yaml:2:11: world file: expected a logical id, Front, or one and"),
    ],
)
def test_a_name_of_nothing_is_broken_where_it_stands(
    tmp_path: Path, without: str, problem: str
) -> None:
    """It may be a slip, and then something is simulated that should not be."""
    with pytest.raises(ScenarioError) as caught:
        declared(tmp_path, without)

    assert problem in str(caught.value)


def test_what_is_not_named_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """The message says where to name it."""
    with pytest.raises(UnsupportedError, match="or name it under `without` in the world file"):
        declared(tmp_path, "[Front, ServerlessHttpApi]")
