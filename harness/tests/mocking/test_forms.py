"""Files that are posted with a form, as `generate_presigned_post` makes it."""

from typing import Any
from xml.etree import ElementTree as ET

import boto3
import pytest
import requests

from harness import mock_aws
from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.mocking.clock import VirtualClock

FORMS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html"
POST = "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html"
CONTENT = b"content\r\nof two lines\r\n"


def s3() -> Any:
    client: Any = boto3.client("s3", region_name="us-east-1")
    return client


def a_form(key: str = "a/${filename}", **more: Any) -> dict[str, Any]:
    """Make the bucket and a form for it."""
    client = s3()
    client.create_bucket(Bucket="shop")
    form: dict[str, Any] = client.generate_presigned_post("shop", key, ExpiresIn=60, **more)
    return form


def post(form: dict[str, Any], **fields: str) -> requests.Response:
    return requests.post(
        form["url"],
        data={**form["fields"], **fields},
        files={"file": ("b c.txt", CONTENT)},
        timeout=1,
        allow_redirects=False,
    )


@mock_aws
def test_a_posted_file_is_an_object() -> None:
    """Under the key that the form says, with the file's own name in it; and nothing is answered."""
    form = a_form(
        Fields={"Content-Type": "text/plain", "x-amz-meta-colour": "red"},
        Conditions=[{"Content-Type": "text/plain"}, {"x-amz-meta-colour": "red"}],
    )

    answer = post(form)

    got = s3().get_object(Bucket="shop", Key="a/b c.txt")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["ETag"] == got["ETag"]
    assert answer.headers["Location"] == "https://shop.s3.amazonaws.com/a/b%20c.txt"
    assert got["Body"].read() == CONTENT
    assert (got["ContentType"], got["Metadata"]) == ("text/plain", {"colour": "red"})


@pytest.mark.aws(
    "success_action_status is 200, 201 or 204: 200 and 204 answer with an empty document, 201 with one "
    "that has bucket, key, ETag and location; what is not valid is 204.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("value", "status"), [("200", 200), ("201", 201), ("204", 204), ("404", 204)]
)
@mock_aws
def test_the_form_says_what_is_answered(value: str, status: int) -> None:
    """Or nothing, which is a 204, too."""
    field = "success_action_status"
    answer = post(a_form(Fields={field: value}, Conditions=[{field: value}]))

    assert answer.status_code == status
    if status != 201:
        assert answer.content == b""
        return
    told = {one.tag: one.text for one in ET.fromstring(answer.text)}  # noqa: S314 - it is our own
    assert told == {
        "Location": "https://shop.s3.amazonaws.com/a/b%20c.txt",
        "Bucket": "shop",
        "Key": "a/b c.txt",
        "ETag": answer.headers["ETag"],
    }


@pytest.mark.aws(
    "The client is redirected to success_action_redirect, to which S3 appends bucket, key and etag as "
    "query string parameters.",
    source=FORMS,
    service="s3",
)
@mock_aws
def test_the_form_says_where_to_go_on() -> None:
    """Behind the parameters that are there."""
    field, value = "success_action_redirect", "http://localhost/done?x=1"
    answer = post(a_form(Fields={field: value}, Conditions=[{field: value}]))

    assert answer.status_code == 303
    place = "http://localhost/done?x=1&bucket=shop&key=a%2Fb+c.txt&etag="
    assert answer.headers["Location"].startswith(place)


@pytest.mark.aws(
    "${filename} is replaced in all fields, by what stands behind the last slash or backslash of the "
    "file's path.",
    source=FORMS,
    service="s3",
)
@pytest.mark.parametrize(
    "path", ["directory1/file.txt", "C:\\Program Files\\directory1\\file.txt"]
)
@mock_aws
def test_a_files_name_is_the_last_of_its_path(path: str) -> None:
    """Before the policy is looked at."""
    name = {"x-amz-meta-name": "${filename}"}
    form = a_form(Fields=name, Conditions=[{"x-amz-meta-name": "file.txt"}])
    files = {"file": (path, CONTENT)}

    answer = requests.post(form["url"], data=form["fields"], files=files, timeout=1)

    assert answer.status_code == 204
    assert s3().head_object(Bucket="shop", Key="a/file.txt")["Metadata"] == {"name": "file.txt"}


@pytest.mark.aws(
    "Each field must appear in the policy's list of conditions, and match what they say.",
    source=POST,
    service="s3",
)
@pytest.mark.parametrize(
    ("conditions", "fields", "told"),
    [
        ([{"acl": "private"}], {"acl": "public-read"}, 'failed: ["eq", "$acl", "private"]'),
        ([["eq", "$x-amz-meta-a", "1"]], {}, "Policy Condition failed"),
        ([["starts-with", "$Content-Type", "image/"]], {"Content-Type": "text/plain"}, "failed"),
        ([], {"x-amz-meta-a": "1"}, "Extra input fields: x-amz-meta-a"),
        ([["content-length-range", 1, 5]], {}, "EntityTooLarge"),
        ([["content-length-range", 100, 200]], {}, "EntityTooSmall"),
    ],
)
@mock_aws
def test_what_a_policy_forbids_is_refused(
    conditions: list[Any], fields: dict[str, str], told: str
) -> None:
    """And nothing is put."""
    answer = post(a_form(Conditions=conditions), **fields)

    assert answer.status_code in {400, 403}
    assert told in answer.text.replace("&quot;", '"')
    assert "Contents" not in s3().list_objects_v2(Bucket="shop")


@pytest.mark.aws(
    "A Content-Type with commas is a list for a starts-with condition, which each value must meet.",
    source=POST,
    service="s3",
)
@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("image/png", 204),
        ("image/jpg,image/png,image/gif", 204),
        ("image/jpg,text/plain", 403),
    ],
)
@mock_aws
def test_what_a_policy_allows_is_put(content_type: str, status: int) -> None:
    """Anything that begins as it says."""
    form = a_form(
        Conditions=[["starts-with", "$Content-Type", "image/"], ["starts-with", "$x", ""]]
    )
    assert post(form, **{"Content-Type": content_type}).status_code == status


def test_a_policy_expires() -> None:
    """By the account's clock."""
    clock = VirtualClock(Instant(4_000_000_000_000_000))
    with mock_aws(clock=clock):
        answer = post(a_form())
    assert (answer.status_code, "Policy expired." in answer.text) == (403, True)


@mock_aws
def test_an_error_of_the_put_is_told() -> None:
    """Here, that the bucket is gone."""
    form = a_form()
    s3().delete_bucket(Bucket="shop")
    answer = post(form)
    assert (answer.status_code, "<Code>NoSuchBucket</Code>" in answer.text) == (404, True)


@mock_aws
def test_a_form_has_a_key_a_file_and_parts() -> None:
    """In this order; what is no form is told so."""
    form = a_form()
    url, fields = form["url"], form["fields"]
    plain = requests.post(url, data=fields, timeout=1)
    without = requests.post(url, files={name: (None, fields[name]) for name in fields}, timeout=1)
    keyless = requests.post(url, files={"file": b"x"}, timeout=1)

    assert plain.status_code == 412
    assert "POST requires exactly one file upload" in without.text
    assert "must contain a field named 'key'" in keyless.text


@pytest.mark.parametrize("field", ["tagging", "colour"])
@mock_aws
def test_a_field_that_is_not_modelled_is_refused_by_name(field: str) -> None:
    """So is a form without a policy: nobody knows what strangers may do."""
    form = a_form(Fields={field: "x"}, Conditions=[{field: "x"}])
    with pytest.raises(UnsupportedError, match=f"the field '{field}'"):
        post(form)
    del form["fields"]["policy"]
    with pytest.raises(UnsupportedError, match="a form without a policy"):
        post(form)


@mock_aws
def test_a_form_for_a_bucket_that_tells_is_refused() -> None:
    """Its queue would have to hear of a post, and not of a put."""
    form = a_form()
    queue: Any = boto3.client("sqs", region_name="us-east-1")
    queue.create_queue(QueueName="hears")
    arn = "arn:aws:sqs:us-east-1:123456789012:hears"
    s3().put_bucket_notification_configuration(
        Bucket="shop",
        NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]
        },
    )
    with pytest.raises(UnsupportedError, match="ObjectCreated:Post"):
        post(form)
