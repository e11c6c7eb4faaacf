"""A bucket for the tests of S3, and the short way to put and get."""

from typing import Any

from harness.services.s3.service import S3
from harness.tests.services.calling import Caller

GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
API = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_"
VERIFIED = "https://github.com/getmoto/moto/blob/master/tests/test_s3/"
RECORDED = "https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"


class Bucket:
    """An engine with the bucket ``files``."""

    def __init__(self, *, versioned: bool = False, **parameters: Any) -> None:
        self.call = Caller(S3)
        self.call("CreateBucket", Bucket="files", **parameters)
        if versioned:
            configuration = {"Status": "Enabled"}
            self("PutBucketVersioning", VersioningConfiguration=configuration)

    def __call__(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Call *operation* on the bucket."""
        return self.call(operation, Bucket="files", **parameters)

    def refusal(self, operation: str, **parameters: Any) -> Any:
        """Call *operation* on the bucket, which must be refused."""
        return self.call.refusal(operation, Bucket="files", **parameters)

    def put(self, object_key: str, data: bytes = b"", **parameters: Any) -> dict[str, Any]:
        """Put an object."""
        return self("PutObject", Key=object_key, Body=data, **parameters)

    def read(self, object_key: str, **parameters: Any) -> bytes:
        """Return an object's content."""
        data: bytes = self("GetObject", Key=object_key, **parameters)["Body"].read()
        return data
