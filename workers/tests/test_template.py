"""template.yaml: it transforms, it lints, and it names what there is."""

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

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

    assert variables - asked == {"POWERTOOLS_LOG_LEVEL"}


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
