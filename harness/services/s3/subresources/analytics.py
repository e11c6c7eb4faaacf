"""Analyses of how objects are used: asked for, and never made here.

(S3 API reference, "PutBucketAnalyticsConfiguration")
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.errors import malformed
from harness.services.s3.subresources.collection import Collection


def _require(analysis: Mapping[str, Any]) -> None:
    export = analysis["StorageClassAnalysis"].get("DataExport")
    if export is None:
        return
    destination = export["Destination"]["S3BucketDestination"]
    if export["OutputSchemaVersion"] != "V_1" or destination["Format"] != "CSV":
        raise malformed()
    if not destination["Bucket"].startswith("arn:"):
        raise ServiceError("InvalidS3DestinationBucket", "Invalid bucket ARN.")


OPERATIONS = Collection("Analytics", _require).operations
