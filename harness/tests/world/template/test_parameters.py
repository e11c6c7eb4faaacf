"""Parameters: values, defaults, constraints, secrets."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.tests.world.template.templates import Project
from harness.world.world import World

RESOURCES = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref P}}}\n"


def with_parameter(settings: str) -> str:
    return f"Parameters:\n  P: {{{settings}}}\n{RESOURCES}"


def test_a_given_value_wins_over_the_default(project: Project) -> None:
    """Without a value the default stands."""
    text = with_parameter("Type: String, Default: one")

    assert project.read(text).queues[0].name == "one"
    assert project.read(text, P="two").queues[0].name == "two"


@pytest.mark.parametrize(
    ("settings", "given", "problem"),
    [
        (
            "Type: String",
            {},
            (
                "parameter 'P' has no default and was given no value; "
                "give it one under 'parameters' of the world file"
            ),
        ),
        (
            "Type: String, Default: a",
            {"Pp": "x"},
            "the template declares no parameter 'Pp'; did you mean 'P'?",
        ),
        (
            "Type: Number",
            {"P": "many"},
            "parameter 'P' cannot be 'many': it must be a number",
        ),
        (
            "Type: Number, MinValue: 3",
            {"P": "2"},
            "parameter 'P' cannot be '2': it must be at least 3",
        ),
        (
            "Type: String, MaxLength: 3",
            {"P": "four"},
            "parameter 'P' cannot be 'four': it must be at most 3 characters long",
        ),
        (
            "Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower case only.",
            {"P": "ABC"},
            "parameter 'P' cannot be 'ABC': it must match '[a-z]+'; lower case only",
        ),
        (
            "Type: String, AllowedValues: [dev, prod]",
            {"P": "test"},
            "parameter 'P' cannot be 'test': it must be 'dev' or 'prod'",
        ),
        (
            "Type: String, NoEcho: true, MinLength: 9",
            {"P": "hunter22"},
            "parameter 'P' cannot be '****': it must be at least 9 characters long",
        ),
        (
            "Type: Number, Default: 1, MaxValue: lots",
            {},
            "parameter 'P': 'MaxValue' must be a number, not 'lots'",
        ),
        (
            "Type: String, Default: a, AllowedPattern: '['",
            {},
            (
                "parameter 'P': 'AllowedPattern' is no regular expression: "
                "unterminated character set at position 0"
            ),
        ),
        (
            "Type: Strng, Default: a",
            {},
            "parameter 'P': unknown type 'Strng'; did you mean 'String'?",
        ),
        (
            "Type: String, Defualt: a",
            {},
            "parameter 'P': unknown property 'Defualt'; did you mean 'Default'?",
        ),
    ],
)
def test_a_value_that_cannot_be_is_an_error(
    project: Project, settings: str, given: dict[str, str], problem: str
) -> None:
    """The constraints are CloudFormation's; a secret value is never shown."""
    with pytest.raises(ScenarioError) as caught:
        project.read(with_parameter(settings), **given)

    assert caught.value.problem == problem


def test_what_is_looked_up_in_an_account_is_what_the_world_file_gives(project: Project) -> None:
    """There is no parameter store to read, and the default is the name of a parameter there."""
    text = with_parameter("Type: AWS::SSM::Parameter::Value<String>, Default: /a/name")
    expected = (
        r"^template\.yaml:2:13: parameter 'P': type 'AWS::SSM::Parameter::Value<String>' looks its "
        r"value up in a live account; give what is found there under 'parameters' of the world file"
    )
    with pytest.raises(UnsupportedError, match=expected):
        project.read(text)

    assert project.read(text, P="found").queues[0].name == "found"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("AWS::EC2::VPC::Id", "!Ref P"),
        ("List<AWS::EC2::Subnet::Id>", "!Select [1, !Ref P]"),
        ("AWS::SSM::Parameter::Value<List<String>>", "!Select [1, !Ref P]"),
        ("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "!Ref P"),
    ],
)
def test_what_names_something_in_an_account_is_a_text(
    project: Project, kind: str, name: str
) -> None:
    """Or a list of such: nobody asks whether it is there."""
    given = "a, b" if "List" in kind else "b"
    text = with_parameter(f"Type: {kind}").replace("!Ref P", name)

    assert project.read(text, P=given).queues[0].name == "b"


def test_a_secret_is_hidden_in_an_error_about_what_it_went_into(project: Project) -> None:
    """Also after it went through intrinsics."""
    text = """
        Parameters: {P: {Type: String, NoEcho: true, Default: hunter22}}
        Resources:
          Q:
            Type: AWS::SQS::Queue
            Properties:
              DelaySeconds: !Sub "${P}"
        """
    expected = (
        r"^template\.yaml:6:21: AWS::SQS::Queue Q: 'DelaySeconds' must be "
        r"a whole number from 0 to 900, not '\*\*\*\*'(\n|$)"
    )
    with pytest.raises(ScenarioError, match=expected):
        project.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Parameters: {P: {Typ: String, NoEcho: true, Default: hunter22}}\nResources: {}\n",
        "Parameters:\n  P:\n    Typ: String\n    NoEcho: true\n    Default: hunter22\n",
        "Parameters: {P: {Type: String, NoEcho: true, Default: hunter22, MaxLength: 3}}\n",
    ],
)
def test_the_line_of_a_secret_is_not_shown(project: Project, text: str) -> None:
    """Whatever else is wrong with it."""
    with pytest.raises(ScenarioError) as caught:
        project.read(text)

    assert "hunter22" not in str(caught.value)


def test_an_error_shows_its_line_and_underlines_what_is_wrong(project: Project) -> None:
    """As those of a scenario do."""
    with pytest.raises(ScenarioError) as caught:
        project.read("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Propertis: {}\n")

    assert str(caught.value) == (
        "template.yaml:4:5: resource 'Q': unknown key 'Propertis'; did you mean 'Properties'?\n"
        "  4 |     Propertis: {}\n"
        "    |     ^^^^^^^^^"
    )


def test_a_parameter_that_the_template_does_not_declare_is_an_error_where_it_is_given(
    project: Project, tmp_path: Path
) -> None:
    """In the world file; its value may be a secret, so the line is not shown."""
    project.read(
        "Resources: {Q: {Type: AWS::SQS::Queue}}\nParameters: {Name: {Type: String}}", Name="a"
    )
    path = tmp_path / "world.yaml"
    path.write_text("template: template.yaml\nparameters:\n  Nmae: hush\n")

    with pytest.raises(ScenarioError) as caught:
        World(path)

    assert str(caught.value) == (
        "world.yaml:3:3: the template declares no parameter 'Nmae'; did you mean 'Name'?"
    )
