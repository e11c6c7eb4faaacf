"""Puts sales on the stream, and a copy of them into the archive."""

import gzip
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import boto3

kinesis: Any = boto3.client("kinesis")
s3: Any = boto3.client("s3")
KEY = "sales/last.json.gz"


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer what the archive holds now."""
    records = [
        {"Data": json.dumps(sale).encode(), "PartitionKey": sale["sku"]} for sale in event["sales"]
    ]
    kinesis.put_records(StreamName=os.environ["SALES"], Records=records)
    bucket = os.environ["ARCHIVE"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.json.gz"
        with gzip.open(path, "wt") as file:
            json.dump(event, file)
        s3.upload_file(str(path), bucket, KEY, ExtraArgs={"ContentType": "application/gzip"})
    s3.get_waiter("object_exists").wait(Bucket=bucket, Key=KEY)
    stored = s3.get_object(Bucket=bucket, Key=KEY)["Body"].read()
    return {
        "sales": len(json.loads(gzip.decompress(stored))["sales"]),
        "has_time": context.get_remaining_time_in_millis() > 0,
    }
