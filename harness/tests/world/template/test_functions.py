"""Functions: code, handler, environment, asynchronous configuration."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.kernel.instant import hours, minutes, seconds
from harness.runtime.function import (
    AsynchronousConfiguration,
    DestinationConfiguration,
    Function,
)
from harness.tests.world.template.templates import Project, a_function, first_line

DEAD = "Dead: {Type: AWS::SQS::Queue}\n"
DEAD_ARN = "arn:aws:sqs:us-east-1:123456789012:Dead"
OWNER = "AWS::Serverless::Function Fn"


def test_a_sam_function_has_lambdas_defaults(project: Project, tmp_path: Path) -> None:
    """Three seconds, 128 MB, two asynchronous retries."""
    topology = project.read_resources(a_function())

    assert topology.functions == (
        Function(
            name="Fn",
            logical_id="Fn",
            code=tmp_path / "src",
            handler="app.handler",
            timeout=seconds(3),
            memory_mb=128,
            asynchronous=AsynchronousConfiguration(2, hours(6)),
        ),
    )


def test_a_function_of_plain_cloudformation_is_read_too(project: Project) -> None:
    """With its event invoke configuration as a resource of its own."""
    topology = project.read("""
        Resources:
          Fn:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: named
              Handler: pkg/app.handler
              Runtime: python3.13
              Code: ./src
              Role: arn:aws:iam::123456789012:role/r
              MemorySize: "512"
              ReservedConcurrentExecutions: 0
              DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}
          Dead: {Type: AWS::SQS::Queue}
          Config:
            Type: AWS::Lambda::EventInvokeConfig
            Properties:
              FunctionName: !Ref Fn
              Qualifier: $LATEST
              MaximumRetryAttempts: 0
              MaximumEventAgeInSeconds: 60
              DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}
        """)

    function = topology.function("Fn")
    assert function is topology.function("named")
    assert function is not None
    assert (function.memory_mb, function.reserved_concurrency) == (512, 0)
    dead = DestinationConfiguration(DEAD_ARN, "sqs")
    assert function.asynchronous == AsynchronousConfiguration(
        maximum_retry_attempts=0,
        maximum_event_age=minutes(1),
        on_failure=dead,
        dead_letter=dead,
        given=("MaximumEventAgeInSeconds", "MaximumRetryAttempts"),
    )


def test_references_come_from_environment_and_policies(project: Project) -> None:
    """What the configuration names; what the code does with it, it does not say."""
    more = """
        Environment: {Variables: {DEAD: !Ref Dead, COPY: !Sub "x-${Dead.Arn}", NAME: Dead}}
        Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Dead.QueueName}}]
        """
    topology = project.read_resources(a_function(more=more) + DEAD)

    (reference,) = topology.references
    assert (reference.function_id, reference.resource_id) == ("Fn", "Dead")
    assert reference.through == ("DEAD", "COPY", "NAME", "policies")


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        (
            "CodeUri: src",
            "CodeUri: scr",
            f"template.yaml:8:16: {OWNER}: CodeUri 'scr' does not exist",
        ),
        (
            "Handler: app.handler",
            "Handler: app",
            (
                f"template.yaml:6:16: {OWNER}: 'Handler' must be a dotted path such as "
                "'package.module.function', not 'app'"
            ),
        ),
        ("Handler: app.handler", "", f"template.yaml:7:7: {OWNER}: 'Handler' is missing"),
        (
            "Handler: app.handler",
            "Handlr: app.handler",
            f"template.yaml:6:7: {OWNER}: unknown property 'Handlr'; did you mean 'Handler'?",
        ),
        (
            "CodeUri: src",
            "CodeUri: src\n    Timeout: 901",
            (
                f"template.yaml:9:16: {OWNER}: 'Timeout' must be a whole number from 1 to 900, "
                "not '901'"
            ),
        ),
        (  # more digits than Python reads
            "CodeUri: src",
            f"CodeUri: src\n    Timeout: {'9' * 5000}",
            f"template.yaml:9:16: {OWNER}: 'Timeout' must be a whole number from 1 to 900, not '{'9' * 5000}'",
        ),
        (
            "CodeUri: src",
            "CodeUri: src\n    Environment: {Variables: {AWS_REGION: x}}",
            (
                f"template.yaml:9:33: {OWNER}: Lambda was unable to configure your environment "
                "variables because the environment variables you have provided contains reserved keys "
                "that are currently not supported for modification. "
                "Reserved keys used in this request: AWS_REGION"
            ),
        ),
        (
            "CodeUri: src",
            f"CodeUri: src\n    Environment: {{Variables: {{LONG: {'x' * 4093}}}}}",
            (
                f"template.yaml:9:32: {OWNER}: Lambda was unable to configure your environment "
                "variables because the environment variables you have provided exceeded the 4KB "
                "limit: they have 4097 bytes"
            ),
        ),
        (
            "CodeUri: src",
            f"CodeUri: src\n    DeadLetterQueue: {{Type: SQS, TargetArn: '{DEAD_ARN}'}}",
            f"template.yaml:9:47: {OWNER}: destination '{DEAD_ARN}' is no queue of this template",
        ),
    ],
)
def test_what_cannot_be_is_an_error(
    project: Project, written: str, instead: str, message: str
) -> None:
    """At the place of the value, or of the function where something is missing."""
    with pytest.raises(ScenarioError) as caught:
        project.read_resources(a_function().replace(written, instead))

    assert first_line(caught.value) == message


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "Layers: [arn]",
            (
                f"template.yaml:9:7: {OWNER}: property 'Layers' is not modelled; "
                "take it out of the template, or name it under `without` in the world file"
            ),
        ),
        (
            "PackageType: Image",
            (
                f"template.yaml:9:7: {OWNER}: a container image is not modelled; "
                "take it out of the template, or name it under `without` in the world file"
            ),
        ),
        (
            "DeadLetterQueue: {Type: SNS, TargetArn: x}",
            (
                f"template.yaml:9:25: {OWNER}: a dead-letter topic is not modelled; "
                "take it out of the template, or name it under `without` in the world file"
            ),
        ),
        (
            "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}",
            (
                f"template.yaml:9:59: {OWNER}: SQS without a 'Destination', which SAM would make, "
                "is not modelled; name one of the template's own"
            ),
        ),
        (
            "Events: {Daily: {Type: Schedule, Properties: {}}}",
            (
                f"template.yaml:9:30: {OWNER}: event 'Daily': event type 'Schedule' is not modelled; "
                "take it out of the template, or name it under `without` in the world file"
            ),
        ),
    ],
)
def test_what_we_do_not_model_is_refused_by_name(
    project: Project, more: str, message: str
) -> None:
    """Never ignored."""
    with pytest.raises(UnsupportedError) as caught:
        project.read_resources(a_function(more=more))

    assert first_line(caught.value) == message


def test_a_runtime_that_is_not_python_is_refused(project: Project) -> None:
    """Handlers run in this very process."""
    expected = (
        r"^template\.yaml:7:7: AWS::Serverless::Function Fn: runtime 'nodejs22\.x' is not "
        r"modelled, only python3\.x is(\n|$)"
    )
    with pytest.raises(UnsupportedError, match=expected):
        project.read_resources(a_function().replace("python3.11", "nodejs22.x"))
