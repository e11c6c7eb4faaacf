"""Choosing a backend: by name, and with a clear word where it cannot be had."""

import builtins
import subprocess
import sys
from typing import Any

import pytest

from harness.backends.choosing import backend_named, try_backend
from harness.backends.containers.backend import Containers
from harness.backends.containers.image import _needed, _requirements
from harness.backends.containers.settings import LISTENING, read_settings
from harness.backends.lacking import BackendError, LackingError, MissingExtraError
from harness.backends.localstack.backend import LocalStack
from harness.backends.moto.backend import Moto
from harness.backends.remote.emptying import delete_all
from harness.errors import HarnessError
from harness.tests.backends.accounts import Account


def test_an_unknown_backend_is_refused_with_those_there_are() -> None:
    """A misspelt name must not run anywhere else."""
    with pytest.raises(
        HarnessError, match=r"^there is no backend 'motto'; there are memory, moto"
    ):
        backend_named("motto")


def test_a_backend_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The core does without any of them."""
    real_import = builtins.__import__

    def without_moto(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("moto."):
            raise ImportError(name)
        return real_import(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without_moto)

    with pytest.raises(MissingExtraError) as caught:
        Moto()

    assert str(caught.value) == (
        "backend moto needs the package moto, which is not installed; "
        "pip install 'fan-verification[backends]'"
    )


def test_a_world_in_memory_loads_no_emulator() -> None:
    """What is heavy is imported when it is chosen."""
    program = (
        "import sys; import harness.world.world; "
        "print(sorted({'moto', 'localstack_client', 'testcontainers', 'docker', 'flask'} "
        "& set(sys.modules)))"
    )

    said = subprocess.run(  # noqa: S603 - the program above
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "[]"


def test_localstack_is_where_its_variables_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where nothing answers, that is said with the address before a world is opened."""
    monkeypatch.setenv("LOCALSTACK_HOST", "127.0.0.1:9")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    with pytest.raises(
        BackendError,
        match=r"^backend localstack: nothing answers at http://127\.0\.0\.1:9: .*; start LocalStack "
        r"there, or say where it is in AWS_ENDPOINT_URL, LOCALSTACK_HOST or HARNESS_LOCALSTACK_HOSTS$",
    ):
        LocalStack()


def test_a_deployed_stack_has_no_world_in_this_process() -> None:
    """It is refused by name, with the command that reaches it."""
    with pytest.raises(HarnessError, match=r"^backend aws has no world .* --backend aws --stack"):
        backend_named("aws")


@pytest.mark.parametrize("name", ["memory", "moto", "moto-server"])
def test_a_backend_can_be_tried_and_leaves_nothing_open(name: str) -> None:
    """For processes that each make their own."""
    try_backend(name)


def test_an_emulator_that_cannot_be_emptied_loses_only_what_was_made_here(
    account: Account,
) -> None:
    """Somebody else may keep something there."""
    account.services.sqs.connection.call("CreateQueue", {"QueueName": "theirs"})  # type: ignore[attr-defined]  # a remote service
    account.call("sqs", "CreateQueue", QueueName="ours")
    account.call("s3", "CreateBucket", Bucket="ours")
    account.call("s3", "PutObject", Bucket="ours", Key="a", Body=b"x")
    account.call("kinesis", "CreateStream", StreamName="ours", ShardCount=1)

    delete_all(account.services)

    assert [url.rpartition("/")[2] for url in account.call("sqs", "ListQueues")["QueueUrls"]] == [
        "theirs"
    ]
    assert account.call("s3", "ListBuckets")["Buckets"] == []
    assert account.call("kinesis", "ListStreams")["StreamNames"] == []


def test_what_an_emulator_has_not_is_lacking_by_name(account: Account) -> None:
    """Changing a table's stream would blind us: it is refused, not ignored."""
    account.call(
        "dynamodb",
        "CreateTable",
        TableName="orders",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )

    with pytest.raises(
        LackingError, match=r"^backend moto\S* lacks changing the stream of a table"
    ):
        account.call(
            "dynamodb",
            "UpdateTable",
            TableName="orders",
            StreamSpecification={"StreamEnabled": False},
        )


def test_the_limits_of_shards_are_lacking_by_name(account: Account) -> None:
    """Records would be taken that a scenario expects to be refused."""
    kinesis: Any = account.services.kinesis
    kinesis.has_shard_limits = False

    with pytest.raises(
        LackingError, match=r"^backend moto\S* lacks the limits of a stream's shards$"
    ):
        kinesis.has_shard_limits = True

    assert not kinesis.has_shard_limits


def test_an_engine_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was looked for, and what to do."""
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    settings = read_settings({"HARNESS_CONTAINERS_IMAGE": "nobody/nothing:0"})

    with pytest.raises(
        BackendError,
        match=r"^backend containers: no Docker engine answers at tcp://127\.0\.0\.1:9: (?s:.*); start "
        r"one that you may use, or say in DOCKER_HOST where it is$",
    ):
        Containers(settings)


def test_every_emulators_variable_names_the_port() -> None:
    """On the machine's own network a container must take the port that is free."""
    assert {name: text.format(port=7) for name, text in LISTENING.items()} == {
        "MOTO_PORT": "7",
        "GATEWAY_PORT": "7",
        "GATEWAY_LISTEN": "0.0.0.0:7",
    }
    assert read_settings({"HARNESS_CONTAINERS_NETWORK": "host"}).is_on_host


def test_the_image_has_all_that_the_server_needs_and_no_other_extra() -> None:
    """What it was not told to install must not be in the way."""
    names = {found.metadata["Name"].lower() for found in _needed("moto", {"server"})}

    assert {"moto", "flask", "werkzeug", "boto3", "botocore", "cryptography"} <= names
    assert "pytest" not in names
    lines = ["a>=1", "b; extra == 'server'", "c; extra == 'all'", "d[x]<2; python_version > '3'"]
    assert list(_requirements(lines, {"server"})) == ["a", "b", "d"]
