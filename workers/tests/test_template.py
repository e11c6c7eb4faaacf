"""template.yaml: it transforms, it lints, and it names what there is."""

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

from workers.clients.aws import CALL_SECONDS
from workers.clients.partner import CONNECT_SECONDS
from workers.errors import PermanentError
from workers.handlers.save_fanlist_scores.saving import SAVE_SECONDS
from workers.pipeline.parts import HAND_ON_SECONDS
from workers.settings import read_settings

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    return parsed()


def parsed() -> dict[str, Any]:
    # Both tools take seconds to import and ship no types: only the tests that use them pay for it.
    reader = importlib.import_module("samtranslator.yaml_helper")
    document: dict[str, Any] = reader.yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    return document


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def test_the_sam_transform_accepts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What CloudFormation would do on deployment."""
    monkeypatch.setitem(os.environ, "AWS_DEFAULT_REGION", "us-east-1")

    parser = importlib.import_module("samtranslator.parser.parser")
    transform = importlib.import_module("samtranslator.translator.transform")
    document = parsed()
    for properties in functions(document).values():
        properties["CodeUri"] = "s3://bucket/key"
    document["Globals"]["Function"].pop("CodeUri")

    translated = transform.Translator({}, parser.Parser()).translate(document, {})

    types = [resource["Type"] for resource in translated["Resources"].values()]
    assert types.count("AWS::Lambda::Function") == 8
    assert types.count("AWS::Lambda::EventSourceMapping") == 5


# One of its dependencies asks for the default encoding as it is imported.
@pytest.mark.filterwarnings("ignore::EncodingWarning")
def test_cfn_lint_finds_nothing() -> None:
    """Errors and warnings alike."""
    cfnlint = importlib.import_module("cfnlint")
    matches = cfnlint.lint_file(TEMPLATE, config=cfnlint.ManualArgs(regions=["us-east-1"]))

    assert [f"{match.rule.id} {match.linenumber}: {match.message}" for match in matches] == []


def test_every_handler_can_be_imported(template: dict[str, Any]) -> None:
    """A path with a slip is found here and not on the first invocation."""
    for properties in functions(template).values():
        module, _, name = properties["Handler"].rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))


def test_every_variable_that_the_template_sets_is_one_that_is_read(
    template: dict[str, Any],
) -> None:
    """A slip in a name would leave the default in force."""
    asked: set[str] = set()

    class Asking(dict[str, str]):
        """Remembers what it is asked for."""

        def get(self, name: str, default: Any = None) -> Any:
            asked.add(name)
            return default

    read_settings(Asking())
    variables = set(template["Globals"]["Function"]["Environment"]["Variables"])
    for properties in functions(template).values():
        variables |= set(properties.get("Environment", {}).get("Variables", ()))

    assert variables - asked == {"POWERTOOLS_LOG_LEVEL", "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"}


def test_every_batch_reports_its_failures_one_by_one(template: dict[str, Any]) -> None:
    """Without the setting Lambda would ignore what the workers return."""
    for properties in functions(template).values():
        for event in properties.get("Events", {}).values():
            if event["Type"] != "S3":
                assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_claim_outlives_the_reporter(template: dict[str, Any]) -> None:
    """Otherwise a slow reporter could post after its claim was taken over."""
    reporter = functions(template)["VerdictReporter"]

    assert int(reporter["Environment"]["Variables"]["CLAIM_SECONDS"]) > reporter["Timeout"]


def test_the_queue_hides_messages_for_six_timeouts(template: dict[str, Any]) -> None:
    """Lambda's advice: throttled batches are tried again while they are hidden."""
    queue = template["Resources"]["VerdictReporterQueue"]["Properties"]
    reporter = functions(template)["VerdictReporter"]
    window = reporter["Events"]["Requests"]["Properties"]["MaximumBatchingWindowInSeconds"]

    assert queue["VisibilityTimeout"] >= 6 * reporter["Timeout"] + window


def test_a_message_may_go_round_until_counts_stand_still(template: dict[str, Any]) -> None:
    """Lambda stops what it takes for an endless loop at about the sixteenth turn."""
    assert functions(template)["VerdictReporter"]["RecursiveLoop"] == "Allow"


@pytest.mark.parametrize("worker", ["LoadScoresToStream", "SaveFanlistScores"])
def test_a_worker_may_go_on_with_a_file_as_itself_and_as_nobody_else(
    template: dict[str, Any], worker: str
) -> None:
    """As often as the file needs; a large one takes more invocations than a loop may have."""
    assert functions(template)[worker]["RecursiveLoop"] == "Allow"
    (policy,) = (
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::IAM::Policy"
        and resource["Properties"]["Roles"] == [{"Ref": f"{worker}Role"}]
    )
    assert policy["PolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Action": "lambda:InvokeFunction",
            "Resource": {"Fn::GetAtt": [worker, "Arn"]},
        }
    ]


def test_the_pace_of_a_file_leaves_the_shards_a_quarter_of_what_they_take(
    template: dict[str, Any],
) -> None:
    """A shard takes 1,000 records a second, and members are never spread quite evenly."""
    parameters = template["Parameters"]

    pace = parameters["PutRecordsPerSecond"]["Default"]

    assert 0 < pace <= 750 * parameters["ScoresShardCount"]["Default"]


def test_a_function_has_time_for_its_calls(template: dict[str, Any]) -> None:
    """A worker begins nothing that it might not finish, so it has to be able to begin at all."""
    partner = CONNECT_SECONDS + read_settings({}).http_timeout_seconds
    needed = {
        "LoadScoresToStream": 2 * CALL_SECONDS + HAND_ON_SECONDS,
        "LoadScoresToDynamoDB": CALL_SECONDS,
        "SaveEntryScoring": partner,
        "SaveFanlistScores": partner + SAVE_SECONDS + HAND_ON_SECONDS,
        "ProcessSavedScores": 2 * CALL_SECONDS,
        "VerdictReporter": partner + CALL_SECONDS,
        "ProxyCampaignService": partner,
    }
    common = template["Globals"]["Function"]["Timeout"]
    for logical_id, seconds in needed.items():
        timeout = functions(template)[logical_id].get("Timeout", common)
        assert timeout > seconds + 10, logical_id


def test_appsync_waits_for_all_calls_of_a_look_up(template: dict[str, Any]) -> None:
    """user-service, TeleSign and the table, each as slow as it may be."""
    look_up = functions(template)["LookupPhoneScore"]
    seconds = look_up["Environment"]["Variables"]["HTTP_TIMEOUT_SECONDS"]
    settings = read_settings({"HTTP_TIMEOUT_SECONDS": seconds})
    partner = CONNECT_SECONDS + settings.http_timeout_seconds

    assert 2 * partner + CALL_SECONDS < look_up["Timeout"] <= 30


def test_no_record_is_too_old_while_its_stream_has_it(template: dict[str, Any]) -> None:
    """Otherwise a consumer that comes back after a weekend would give up what is still there."""
    hours = template["Resources"]["ScoresStream"]["Properties"]["RetentionPeriodHours"]
    for properties in functions(template).values():
        for event in properties.get("Events", {}).values():
            if event["Type"] == "Kinesis":
                assert event["Properties"]["MaximumRecordAgeInSeconds"] == hours * 3600


def test_every_queue_of_dead_letters_has_an_alarm(template: dict[str, Any]) -> None:
    """Whoever finds a letter after two weeks finds nothing."""
    queues = {"FailedBatchesQueue", "FailedFilesQueue", "VerdictReporterDeadLetterQueue"}
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
        for dimension in resource["Properties"]["Dimensions"]
        if dimension["Name"] == "QueueName"
    }

    assert watched == queues


def test_what_is_secret_is_not_shown(template: dict[str, Any]) -> None:
    """CloudFormation masks a parameter only if it is told to; nor is a secret an output."""
    secrets = {"ServiceToken", "TelesignApiKey", "PhoneDigestKey", "SlackWebhookUrl"}
    masked = {
        name for name, parameter in template["Parameters"].items() if parameter.get("NoEcho")
    }

    assert masked == secrets
    assert not any(secret in str(template["Outputs"]) for secret in secrets)


def test_the_numbers_that_the_template_takes_are_those_that_are_read(
    template: dict[str, Any],
) -> None:
    """A parameter that every invocation refuses would be found out in production."""
    names = {
        "MAX_RANK": "MaxRank",
        "MAX_RETRY_COUNT": "MaxRetryCount",
        "PUT_RECORDS_PER_SECOND": "PutRecordsPerSecond",
        "REQUEUE_DELAY_SECONDS": "RequeueDelaySeconds",
    }
    for variable, parameter in names.items():
        limits = template["Parameters"][parameter]
        for number in (limits["MinValue"], limits["MaxValue"]):
            read_settings({variable: str(number)})
        with pytest.raises(PermanentError):
            read_settings({variable: str(limits["MaxValue"] + 1)})


@pytest.mark.parametrize("worker", ["LoadScoresToStream", "SaveFanlistScores"])
def test_a_worker_may_do_what_it_does_and_no_more(template: dict[str, Any], worker: str) -> None:
    """Objects of its own folder alone, and no action with an asterisk anywhere."""
    for properties in functions(template).values():
        for policy in properties.get("Policies", ()):
            for statement in policy["Statement"]:
                assert "*" not in str(statement["Action"])
                assert statement["Resource"] != "*"
    (policy,) = functions(template)[worker]["Policies"]
    folder = {"LoadScoresToStream": "scores", "SaveFanlistScores": "fanlists"}[worker]
    reading = policy["Statement"][0]

    assert reading["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert str(reading["Resource"]).count(f"/{folder}/*") == 1


def test_requirements_name_what_is_imported() -> None:
    """The package is built from this file."""
    names = {
        line.split(">=")[0]
        for line in (ROOT / "workers/requirements.txt").read_text(encoding="utf-8").split()
    }

    assert names == {
        "aws-lambda-powertools",
        "boto3",
        "botocore",
        "msgspec",
        "opentelemetry-api",
        "opentelemetry-sdk",
        "requests",
    }
