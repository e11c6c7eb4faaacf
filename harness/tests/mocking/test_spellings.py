"""Each way in which a test can ask for a mocked account."""

import asyncio
import os
import unittest
from collections.abc import AsyncIterator, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from harness import mock_aws


def s3() -> Any:
    return boto3.client("s3", region_name="us-east-1")


def buckets() -> list[str]:
    return [bucket["Name"] for bucket in s3().list_buckets()["Buckets"]]


@mock_aws
def test_a_function_is_decorated() -> None:
    """Without parentheses, as most suites do."""
    s3().create_bucket(Bucket="from-a-function")

    assert buckets() == ["from-a-function"]


@mock_aws()
def test_a_function_is_decorated_with_parentheses() -> None:
    """The account is a fresh one."""
    assert buckets() == []


def test_a_with_statement_has_an_account_of_its_own() -> None:
    """Two of them in a row know nothing of one another."""
    with mock_aws():
        s3().create_bucket(Bucket="first")
        assert buckets() == ["first"]
    with mock_aws():
        assert buckets() == []


def test_a_mock_is_started_and_stopped_by_hand() -> None:
    """As set-up methods do it."""
    mock = mock_aws()
    mock.start()
    try:
        s3().create_bucket(Bucket="by-hand")
        assert buckets() == ["by-hand"]
        mock.reset()
        assert buckets() == []
    finally:
        mock.stop()


def test_stopping_what_was_never_started_is_an_error() -> None:
    """In moto's words."""
    with pytest.raises(RuntimeError, match=r"Called stop\(\) before start\(\)"):
        mock_aws().stop()


@pytest.fixture
@mock_aws
def filled() -> Iterator[str]:
    """Keep a mock open as long as the test lasts."""
    s3().create_bucket(Bucket="from-a-fixture")
    yield "from-a-fixture"
    s3().delete_bucket(Bucket="from-a-fixture")


def test_a_decorated_fixture_lasts_as_long_as_its_test(filled: str) -> None:
    """A generator's mock ends when the generator does."""
    assert buckets() == [filled]


@pytest.fixture
def client() -> Iterator[Any]:
    """Yield from inside a with statement, the commonest form of all."""
    with mock_aws():
        yield s3()


@mock_aws
def test_nested_mocks_share_one_account(client: Any) -> None:
    """A fixture and a decorator, for example."""
    client.create_bucket(Bucket="shared")
    with mock_aws():
        assert buckets() == ["shared"]

    assert buckets() == ["shared"]


def test_coroutines_and_asynchronous_generators_are_decorated() -> None:
    """The mock lasts until the coroutine has returned."""

    @mock_aws
    async def several() -> AsyncIterator[str]:
        s3().create_bucket(Bucket="asynchronous")
        for name in buckets():
            await asyncio.sleep(0)
            yield name

    @mock_aws
    async def all_of_them() -> list[str]:
        return [name async for name in several()]

    assert asyncio.run(all_of_them()) == ["asynchronous"]


@mock_aws
class TestWithSetupMethod:
    """The account begins in the set-up method of each test."""

    def setup_method(self) -> None:
        s3().create_bucket(Bucket="set-up")

    def test_that_finds_what_was_set_up(self) -> None:
        """And adds something."""
        assert buckets() == ["set-up"]
        s3().create_bucket(Bucket="added")

    def test_that_does_not_find_what_another_added(self) -> None:
        """Whichever runs first."""
        assert buckets() == ["set-up"]
        s3().create_bucket(Bucket="added-too")


@mock_aws
class TestOfUnittest(unittest.TestCase):
    """The same with unittest's own names; the tear-down still sees the account."""

    def setUp(self) -> None:
        s3().create_bucket(Bucket="set-up")

    def test_that_finds_what_was_set_up(self) -> None:
        """As above."""
        assert buckets() == ["set-up"]

    def tearDown(self) -> None:
        s3().delete_bucket(Bucket="set-up")


@mock_aws
class TestWithoutSetup:
    """Each test method has a fresh account, and static methods are left alone."""

    @staticmethod
    def name(number: int) -> str:
        return f"number-{number}"

    def test_one(self) -> None:
        """It leaves a bucket behind."""
        s3().create_bucket(Bucket=self.name(1))
        assert buckets() == ["number-1"]

    def test_another(self) -> None:
        """It leaves another."""
        s3().create_bucket(Bucket=self.name(2))
        assert buckets() == ["number-2"]

    class TestInside:
        """A class in a class is decorated too."""

        def test_three(self) -> None:
            """It has an account."""
            assert buckets() == []


def test_a_decorated_function_keeps_its_name_and_what_it_wraps() -> None:
    """Test runners look for both."""
    assert test_a_function_is_decorated.__name__ == "test_a_function_is_decorated"
    assert hasattr(test_a_function_is_decorated, "__wrapped__")


def test_an_error_in_a_mock_ends_it() -> None:
    """Else the next test would find this one's account."""
    with pytest.raises(ClientError), mock_aws():
        s3().head_bucket(Bucket="nothing")

    assert os.environ.get("AWS_ACCESS_KEY_ID") != "FOOBARKEY"
