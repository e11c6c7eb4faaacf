"""Accounts, regions, credentials, clients, and what is refused."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from harness import mock_aws
from harness.errors import UnsupportedError

REGION = "us-east-1"
ROLE = "arn:aws:iam::111122223333:role/reader"


def client(service: str, region: str = REGION, **more: Any) -> Any:
    return boto3.client(service, region_name=region, **more)  # type: ignore[call-overload]  # any service name


@mock_aws
def test_queues_belong_to_a_region_and_buckets_to_the_account() -> None:
    """As on AWS, where bucket names are shared by all regions."""
    client("sqs").create_queue(QueueName="orders")
    client("s3").create_bucket(Bucket="everywhere")

    assert "QueueUrls" not in client("sqs", "eu-west-1").list_queues()
    assert client("s3", "eu-west-1").list_buckets()["Buckets"][0]["Name"] == "everywhere"


@pytest.mark.aws(
    "An ARN begins with the partition, a group of regions: aws, aws-cn or aws-us-gov.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    service="sqs",
)
@mock_aws
@pytest.mark.parametrize(
    ("region", "partition", "domain"),
    [
        ("eu-west-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
    ],
)
def test_arns_and_addresses_are_those_of_the_regions_partition(
    region: str, partition: str, domain: str
) -> None:
    """Of what lies in a region, and of what lies in none."""
    url = client("sqs", region).create_queue(QueueName="orders")["QueueUrl"]
    placed = {"LocationConstraint": region}
    s3 = client("s3", region)
    made = s3.create_bucket(Bucket="in-a-partition", CreateBucketConfiguration=placed)
    caller = client("sts", region).get_caller_identity()["Arn"]
    signed = s3.generate_presigned_url("put_object", {"Bucket": "in-a-partition", "Key": "a"})

    assert url == f"https://sqs.{region}.{domain}/123456789012/orders"
    assert made["BucketArn"] == f"arn:{partition}:s3:::in-a-partition"
    assert caller == f"arn:{partition}:iam::123456789012:user/mocked"
    assert requests.put(signed, data=b"x", timeout=1).status_code == 200


@mock_aws
@pytest.mark.parametrize(
    ("service", "operation"), [("s3", "list_buckets"), ("dynamodb", "list_tables")]
)
def test_what_nobody_has_signed_is_refused_by_name(service: str, operation: str) -> None:
    """AWS would ask what is public, and of most services for a signature."""
    unsigned = client(service, config=Config(signature_version=UNSIGNED))

    with pytest.raises(UnsupportedError, match=r"without a signature is not modelled"):
        getattr(unsigned, operation)()


@mock_aws
def test_the_account_is_motos_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """123456789012, and MOTO_ACCOUNT_ID."""
    assert client("sqs").create_queue(QueueName="a")["QueueUrl"].endswith("/123456789012/a")
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "444455556666")

    assert client("sqs").create_queue(QueueName="a")["QueueUrl"].endswith("/444455556666/a")
    assert client("sts").get_caller_identity()["Account"] == "444455556666"


@mock_aws
def test_a_client_with_an_assumed_role_works_in_the_roles_account() -> None:
    """Its queues are not those of the account that assumed the role."""
    client("sqs").create_queue(QueueName="own")
    given = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="test")["Credentials"]
    credentials = {
        "aws_access_key_id": given["AccessKeyId"],
        "aws_secret_access_key": given["SecretAccessKey"],
        "aws_session_token": given["SessionToken"],
    }
    elsewhere = client("sqs", **credentials)
    elsewhere.create_queue(QueueName="other")

    assert elsewhere.list_queues()["QueueUrls"][0].endswith("/111122223333/other")
    assert client("sqs").list_queues()["QueueUrls"][0].endswith("/123456789012/own")
    session = boto3.Session(**credentials, region_name=REGION)
    told = session.client("sts").get_caller_identity()
    assert told["Account"] == "111122223333"
    assert told["Arn"] == "arn:aws:sts::111122223333:assumed-role/reader/test"


@mock_aws
def test_a_role_that_is_no_role_is_refused_as_sts_does() -> None:
    """The ARN must be one of IAM."""
    with pytest.raises(ClientError, match="ValidationError"):
        client("sts").assume_role(RoleArn="arn:aws:iam::1:user/nobody", RoleSessionName="test")


def test_credentials_that_open_nothing_are_set_and_what_was_there_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One of the two was set before, the other was not."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY", raising=False)
    mock = mock_aws()
    with mock:
        assert os.environ["AWS_ACCESS_KEY_ID"] == "FOOBARKEY"
        with mock:
            assert os.environ["AWS_SECRET_ACCESS_KEY"] == "FOOBARSECRET"
        assert os.environ["AWS_ACCESS_KEY_ID"] == "FOOBARKEY"

    assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
    assert "AWS_SECRET_ACCESS_KEY" not in os.environ


def test_credentials_are_left_alone_where_the_configuration_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A setting of moto, core.mock_credentials."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "mine")
    with mock_aws(config={"core": {"mock_credentials": False}}):
        assert os.environ["AWS_ACCESS_KEY_ID"] == "mine"
        assert client("s3").list_buckets()["Buckets"] == []


def test_boto3s_default_session_is_put_aside_and_back() -> None:
    """A region that was set on it before does not leak into the mock."""
    boto3.setup_default_session(region_name="eu-north-1")
    before = boto3.DEFAULT_SESSION
    with mock_aws():
        assert boto3.DEFAULT_SESSION is not before
    assert boto3.DEFAULT_SESSION is before
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        assert boto3.DEFAULT_SESSION is before
    vars(boto3)["DEFAULT_SESSION"] = None


def test_a_client_from_before_the_mock_is_answered_by_it() -> None:
    """No import order matters."""
    early = client("s3", aws_access_key_id="x", aws_secret_access_key="x")
    with mock_aws():
        early.create_bucket(Bucket="early")
        assert [each["Name"] for each in client("s3").list_buckets()["Buckets"]] == ["early"]


@mock_aws
def test_resources_paginators_and_waiters_work_and_do_not_wait() -> None:
    """They are botocore's own."""
    resource: Any = boto3.resource("dynamodb", region_name=REGION)
    table = resource.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    with table.batch_writer() as batch:
        for number in range(30):
            batch.put_item(Item={"id": str(number), "number": number})

    pages = client("dynamodb").get_paginator("scan").paginate(TableName="orders", Limit=7)

    assert sum(page["Count"] for page in pages) == 30


@mock_aws
def test_threads_take_turns() -> None:
    """A counter that several threads add to ends right."""
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="counters",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )

    def add(_number: int) -> None:
        dynamodb.update_item(
            TableName="counters",
            Key={"id": {"S": "a"}},
            UpdateExpression="ADD visits :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(200)))

    item = dynamodb.get_item(TableName="counters", Key={"id": {"S": "a"}})["Item"]
    assert item["visits"] == {"N": "200"}


@mock_aws
def test_what_is_not_modelled_is_refused_by_an_error_that_no_client_error_is() -> None:
    """A service as a whole, or one operation of it."""
    with pytest.raises(UnsupportedError, match=r"ec2\.DescribeInstances is not modelled"):
        client("ec2").describe_instances()
    with pytest.raises(UnsupportedError, match=r"s3\.WriteGetObjectResponse is not modelled"):
        client("s3").write_get_object_response(RequestRoute="a", RequestToken="b")
    assert not issubclass(UnsupportedError, ClientError)


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ({"cores": {}}, "'cores' is not known"),
        ({"core": {"mock_credential": False}}, "core.mock_credential is not known"),
        ({"core": {"passthrough": {"services": ["s3"]}}}, "would call the real AWS"),
    ],
)
def test_a_configuration_without_meaning_is_refused(config: dict[str, Any], problem: str) -> None:
    """A mistyped setting would otherwise go unnoticed."""
    with pytest.raises(UnsupportedError, match=problem):
        mock_aws(config=config)


def test_settings_of_services_that_are_not_modelled_are_let_through() -> None:
    """They can have no effect, and suites have them."""
    with mock_aws(config={"lambda": {"use_docker": False}, "core": {"passthrough": {"urls": []}}}):
        assert client("s3").list_buckets()["Buckets"] == []


def test_a_whitelist_keeps_other_services_out() -> None:
    """A setting of moto, core.service_whitelist."""
    with mock_aws(config={"core": {"service_whitelist": ["s3"]}}):
        client("s3").list_buckets()
        with pytest.raises(UnsupportedError, match="sqs is not in the mock's"):
            client("sqs").list_queues()


@pytest.mark.aws(
    "A bucket's name is taken for every account of the partition.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html",
    service="s3",
)
def test_a_buckets_name_is_taken_for_every_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another account may do with the bucket is refused by name, until it is gone."""
    with mock_aws():
        s3 = client("s3")
        s3.create_bucket(Bucket="taken")
        monkeypatch.setenv("MOTO_ACCOUNT_ID", "444455556666")

        with pytest.raises(ClientError) as refusal:
            s3.create_bucket(Bucket="taken")
        assert refusal.value.response["Error"]["Code"] == "BucketAlreadyExists"
        with pytest.raises(UnsupportedError, match="belongs to the account 123456789012"):
            s3.list_objects_v2(Bucket="taken")

        monkeypatch.delenv("MOTO_ACCOUNT_ID")
        s3.delete_bucket(Bucket="taken")
        monkeypatch.setenv("MOTO_ACCOUNT_ID", "444455556666")
        s3.create_bucket(Bucket="taken")
