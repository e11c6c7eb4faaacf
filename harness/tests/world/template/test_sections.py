"""The sections of a template, and what surrounds a resource."""

import pytest

from harness.errors import HarnessError, ScenarioError, UnsupportedError
from harness.tests.world.template.templates import SAM, Project, first_line

QUEUE = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "template.yaml:1:1: expected a mapping at the top of the file"),
        ("- a", "template.yaml:1:1: expected a mapping at the top of the file"),
        (
            "A: [1\nB: 2",
            (
                "template.yaml:2:2: not YAML: while parsing a flow sequence "
                "did not find expected ',' or ']'"
            ),
        ),
        ("A: 1\nA: 2", "template.yaml:2:1: key 'A' is there twice, first in line 1"),
        ("A: 1", "template.yaml:1:1: unknown section 'A'"),
        (
            "Resorces: {}",
            "template.yaml:1:1: unknown section 'Resorces'; did you mean 'Resources'?",
        ),
        ("Description: x", "template.yaml:1:1: the template has no 'Resources'"),
        ("Resources: []", "template.yaml:1:12: section 'Resources' must be a mapping, not a list"),
        ("Resources: {Q: {}}", "template.yaml:1:13: resource 'Q' has no 'Type'"),
        (
            QUEUE + "    Propertys: {}",
            "template.yaml:4:5: resource 'Q': unknown key 'Propertys'; did you mean 'Properties'?",
        ),
        (
            QUEUE + "    DependsOn: P",
            "template.yaml:4:16: resource 'Q' depends on 'P', which is no resource",
        ),
        (
            QUEUE + "    Condition: Never",
            "template.yaml:4:16: there is no condition 'Never'",
        ),
        (
            "Resources: {F: {Type: AWS::Serverless::Function}}",
            (
                "template.yaml:1:13: AWS::Serverless::Function F: "
                "needs 'Transform: AWS::Serverless-2016-10-31' in the template"
            ),
        ),
        (
            "Resources: {F: {Type: Queue}}",
            "template.yaml:1:23: F: 'Queue' is no resource type",
        ),
        (
            SAM + "Globals: {Function: {Handlr: x}}\n" + QUEUE,
            (
                "template.yaml:2:22: Globals: 'Handlr' is no common property of a Function; "
                "did you mean 'Handler'?"
            ),
        ),
        (
            QUEUE + "Outputs: {O: {Valu: 1}}",
            "template.yaml:4:11: output 'O' has no 'Value'",
        ),
    ],
)
def test_what_is_no_cloudformation_is_an_error(project: Project, text: str, message: str) -> None:
    """With file, line and column, and the nearest word."""
    with pytest.raises(ScenarioError) as caught:
        project.read(text)

    assert first_line(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Hooks: {}\n" + QUEUE, "template.yaml:1:1: section 'Hooks' is not modelled"),
        (
            "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Qs: [N, [a], {}]",
            (
                "template.yaml:3:3: the intrinsic function 'Fn::ForEach::Qs' is not modelled; "
                "write the resources out"
            ),
        ),
        (
            (
                "Conditions: {Never: !Equals [a, b]}\nResources: {A: {Type: AWS::EC2::VPC}, "
                "B: {Type: AWS::EC2::Subnet}, C: {Type: AWS::EC2::Route, Condition: Never}, "
                "D: {Type: AWS::ECS::Cluster}}"
            ),
            (
                "template.yaml:2:23: A: resource type 'AWS::EC2::VPC' is not modelled; take it out "
                "of the template, or name it under `without` in the world file; "
                "so are the types of B, D"
            ),
        ),
        (
            "Transform: AWS::Include\n" + QUEUE,
            (
                "template.yaml:1:12: transform 'AWS::Include' is not modelled; "
                "apply it, and use the outcome"
            ),
        ),
        (
            SAM + "Globals: {HttpApi: {}}\n" + QUEUE,
            "template.yaml:2:11: Globals: section 'HttpApi' is not modelled",
        ),
        (
            "Resources: {E: {Type: AWS::Events::Rule}}",
            (
                "template.yaml:1:23: E: resource type 'AWS::Events::Rule' is not modelled; "
                "take it out of the template, or name it under `without` in the world file"
            ),
        ),
        (
            "Resources: {Q: {Type: AWS::SQS::Queues}}",
            (
                "template.yaml:1:23: Q: resource type 'AWS::SQS::Queues' is not modelled; "
                "did you mean 'AWS::SQS::Queue'?"
            ),
        ),
    ],
)
def test_what_aws_has_and_we_do_not_is_refused_by_name(
    project: Project, text: str, message: str
) -> None:
    """Never ignored."""
    with pytest.raises(UnsupportedError) as caught:
        project.read(text)

    assert first_line(caught.value) == message


def test_a_missing_template_is_an_error(project: Project) -> None:
    """The reason is the operating system's."""
    with pytest.raises(
        HarnessError,
        match=r"^template\.yaml:1:1: cannot read the template: no such file or directory$",
    ):
        project.read_missing()


def test_resources_without_a_part_in_a_simulation_are_listed(project: Project) -> None:
    """They may be referred to; their properties are not even resolved."""
    topology = project.read("""
        Resources:
          Q: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: a, Value: !Ref Nothing}]}}
          Role: {Type: AWS::IAM::Role, Properties: {Any: thing}}
          Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /l}}
          Bell: {Type: AWS::SNS::Topic}
        Outputs:
          Role: {Value: !GetAtt Role.Arn}
          Logs: {Value: !GetAtt Logs.Arn}
          Bell: {Value: !Ref Bell}
        """)

    assert topology.outputs == {
        "Role": "arn:aws:iam::123456789012:role/Role",
        "Logs": "arn:aws:logs:us-east-1:123456789012:log-group:/l:*",
        "Bell": "arn:aws:sns:us-east-1:123456789012:Bell",
    }
    assert [(item.logical_id, item.setting, item.why) for item in topology.ignored] == [
        ("Q", "Tags", "tags are labels"),
        ("Role", "", "permissions are not simulated: every call is allowed"),
        ("Logs", "", "where logs are kept is not simulated"),
        ("Bell", "", "a topic may hear of alarms; to publish to it is refused"),
    ]


def test_a_topology_is_read_once_for_the_same_texts(project: Project) -> None:
    """Exploration opens a hundred worlds a second; a changed text is read again."""
    first = project.read(QUEUE)

    assert project.read(QUEUE) is first
    assert project.read(QUEUE + "  P: {Type: AWS::SQS::Queue}\n") is not first


def test_globals_are_merged_as_sam_merges_them(project: Project) -> None:
    """Mappings member by member; what the function says itself wins."""
    topology = project.read("""
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function:
            Runtime: python3.12
            CodeUri: src
            Timeout: 30
            Environment: {Variables: {AA: common, BB: common}}
        Resources:
          Fn:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.handler
              Timeout: 7
              Environment: {Variables: {BB: own, CC: own}}
        """)

    function = topology.functions[0]
    assert function.environment == {"AA": "common", "BB": "own", "CC": "own"}
    assert function.timeout == 7_000_000


def test_what_changes_nothing_for_a_run_stops_none(project: Project) -> None:
    """Rules, a layer that nobody uses, and what is only read by calls that are refused."""
    topology = project.read("""
        Rules: {Live: {Assertions: [{Assert: !Equals [a, b]}]}}
        Parameters: {Stage: {Type: String, Default: dev}}
        Resources:
          Q: {Type: AWS::SQS::Queue}
          Layer: {Type: AWS::Lambda::LayerVersion}
          Known: {Type: AWS::SSM::Parameter, Properties: {Name: /n, Type: String, Value: !Sub "${Stage}-q"}}
          Secret: {Type: AWS::SecretsManager::Secret}
        Outputs:
          Name: {Value: !Ref Known}
          Value: {Value: !GetAtt Known.Value}
          Secret: {Value: !Ref Secret}
        """)

    assert topology.outputs == {
        "Name": "/n",
        "Value": "dev-q",
        "Secret": "arn:aws:secretsmanager:us-east-1:123456789012:secret:Secret",
    }
    assert [each.logical_id for each in topology.ignored] == ["Rules", "Layer", "Known", "Secret"]
