"""Metrics of requests: asked for, and never sent to CloudWatch here.

(S3 API reference, "PutBucketMetricsConfiguration")
"""

from collections.abc import Mapping
from typing import Any

from harness.services.s3.errors import malformed
from harness.services.s3.subresources.collection import Collection


def _require(configuration: Mapping[str, Any]) -> None:
    if len(configuration.get("Filter", {})) > 1:
        raise malformed()


OPERATIONS = Collection("Metrics", _require).operations
