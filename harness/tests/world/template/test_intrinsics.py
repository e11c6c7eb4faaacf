"""Intrinsic functions, in their short and their long form."""

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.tests.world.template.templates import Project, first_line

HEAD = """
Parameters:
  Stage: {Type: String, Default: dev}
  Zones: {Type: CommaDelimitedList, Default: "a, b ,c"}
  Secret: {Type: String, NoEcho: true, Default: hunter22}
Mappings:
  Names:
    dev: {Table: little}
    prod: {Table: big}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Either: !Or [!Condition IsDev, !Condition IsProd]
  Both: !And [!Condition IsDev, !Condition IsProd]
  Round: !Condition Trip
  Trip: !Condition Round
Resources:
  Work: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Stage}-work"}}
  Gone: {Type: AWS::SQS::Queue, Condition: IsProd}
  Plain: {Type: AWS::DynamoDB::Table, Properties: {TableName: plain, BillingMode: PAY_PER_REQUEST,
    AttributeDefinitions: [{AttributeName: k, AttributeType: S}],
    KeySchema: [{AttributeName: k, KeyType: HASH}]}}
Outputs:
  Out:
    Value: """
ARN = "arn:aws:sqs:us-east-1:123456789012:dev-work"
URL = "https://sqs.us-east-1.amazonaws.com/123456789012/dev-work"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("!Ref Stage", "dev"),
        ("{Ref: Stage}", "dev"),
        ("!Ref Work", URL),
        ("!GetAtt Work.Arn", ARN),
        ("{'Fn::GetAtt': [Work, Arn]}", ARN),
        ("!GetAtt [Work, QueueName]", "dev-work"),
        ("!GetAtt Plain.Arn", "arn:aws:dynamodb:us-east-1:123456789012:table/plain"),
        ("!Sub '${AWS::Region}/${Work.Arn}/${!Literal}'", f"us-east-1/{ARN}/${{Literal}}"),
        ("!Sub ['${Size}-${Stage}', {Size: !Select [0, !Ref Zones]}]", "a-dev"),
        ("!Join ['/', [a, !Ref Stage, 1]]", "a/dev/1"),
        ("!Select [1, !Ref Zones]", "b"),
        ("!Select ['1', !Split ['-', x-y-z]]", "y"),
        ("!If [IsDev, yes-it-is, no]", "yes-it-is"),
        ("!If [IsProd, 1, !If [Either, 2, 3]]", "2"),
        ("!If [Both, 1, 2]", "2"),
        ("!FindInMap [Names, !Ref Stage, Table]", "little"),
        ("!FindInMap [Names, test, Table, {DefaultValue: !Ref Stage}]", "dev"),
        ("!FindInMap [Names, prod, Table, {DefaultValue: none}]", "big"),
        ("!Length [a, !Ref Stage]", "2"),
        ("{'Fn::Length': !Ref Zones}", "3"),
        ("!ToJsonString {a: [1, true], b: !Ref Stage}", '{"a":[1,true],"b":"dev"}'),
        ("!Base64 abc", "YWJj"),
        ("{'Fn::Base64': {'Fn::Sub': '${Stage}'}}", "ZGV2"),
        ("!Ref AWS::StackName", "local"),
        ("!Sub '${AWS::AccountId}.${AWS::URLSuffix}.${AWS::Partition}'", None),
        ("!Sub 'token ${Secret}'", "****"),
        ("!Join ['', [!Ref Secret]]", "****"),
        ("0123", "0123"),
        ("1.50", "1.50"),
        ("2026-01-05", "2026-01-05"),
        ("True", "true"),
    ],
)
def test_an_expression_has_its_value(project: Project, expression: str, value: str | None) -> None:
    """What CloudFormation would give; texts stay as they were written."""
    topology = project.read(HEAD + expression)

    assert topology.outputs["Out"] == (value or "123456789012.amazonaws.com.aws")


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        (
            "!Ref Stge",
            "'Stge' is neither a parameter nor a resource of this template; did you mean 'Stage'?",
        ),
        ("!Ref Gone", "'Gone' is left out: its condition 'IsProd' is false"),
        (
            "!GetAtt Work.Arm",
            "AWS::SQS::Queue Work has no attribute 'Arm'; did you mean 'Arn'?",
        ),
        (
            "!GetAtt Plain.StreamArn",
            (
                "AWS::DynamoDB::Table Plain has no attribute 'StreamArn'; "
                "give the table a StreamSpecification"
            ),
        ),
        ("!Select [7, !Ref Zones]", "Fn::Select: there is no member '7' in a list of 3"),
        (
            f"!Select [{'9' * 5000}, !Ref Zones]",
            f"Fn::Select: there is no member '{'9' * 5000}' in a list of 3",
        ),
        (
            "!FindInMap [Names, dve, Table]",
            "Fn::FindInMap: Mappings.Names has no 'dve'; did you mean 'dev'?",
        ),
        ("!If [IsDve, 1, 2]", "there is no condition 'IsDve'; did you mean 'IsDev'?"),
        ("!If [IsDev, 1]", "Fn::If: expected a list of 3"),
        ("!If [Round, 1, 2]", "circular dependency: Round -> Trip -> Round"),
        ("!Join [',', !Ref Stage]", "Fn::Join: expected a list, not 'dev'"),
        ("!Reff Stage", "unknown tag '!Reff'; did you mean '!Ref'?"),
        (
            "{'Fn::Jion': [',', []]}",
            "unknown intrinsic function 'Fn::Jion'; did you mean 'Fn::Join'?",
        ),
    ],
)
def test_a_wrong_expression_is_an_error_that_says_what_was_meant(
    project: Project, expression: str, problem: str
) -> None:
    """With the position, and the nearest word where there is one."""
    with pytest.raises(ScenarioError) as caught:
        project.read(HEAD + expression)

    assert caught.value.problem == problem
    assert caught.value.path == "template.yaml"
    assert caught.value.line > 1


def test_an_intrinsic_that_asks_a_live_account_is_refused(project: Project) -> None:
    """Nobody can know what another stack exports."""
    with pytest.raises(UnsupportedError) as caught:
        project.read(HEAD + "!ImportValue other")

    assert str(caught.value).startswith("template.yaml:")
    assert first_line(caught.value).endswith(
        ": the intrinsic function 'Fn::ImportValue' is not modelled"
    )


def test_a_dynamic_reference_is_refused(project: Project) -> None:
    """It would be looked up in an account; a parameter of the world file can stand in for it."""
    with pytest.raises(UnsupportedError) as caught:
        project.read(HEAD + "'{{resolve:ssm:/a/b}}'")

    assert first_line(caught.value).endswith(
        ": a dynamic reference ({{resolve:...}}) is not modelled"
    )


def test_resources_that_name_each_other_in_a_circle_are_an_error(project: Project) -> None:
    """The members of the circle are named."""
    with pytest.raises(
        ScenarioError, match=r"^template\.yaml:3:3: circular dependency: B -> A -> B\n"
    ):
        project.read("""
            Resources:
              A: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt B.QueueName}}
              B: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt A.QueueName}}
            """)
