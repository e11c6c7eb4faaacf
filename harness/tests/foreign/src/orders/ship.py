"""Writes a label for each order that was accepted."""

import os
from typing import Any

import boto3

S3 = boto3.client("s3")


def handler(event: dict[str, Any], _context: object) -> None:
    """Write one object a record."""
    for record in event["Records"]:
        image = record["dynamodb"]["NewImage"]
        order_id = image["orderId"]["S"]
        articles = len(image["articles"]["L"])
        label = f"{os.environ['CARRIER']}: order {order_id}, {articles} articles\n"
        S3.put_object(
            Bucket=os.environ["LABELS_BUCKET"],
            Key=f"labels/{order_id}.txt",
            Body=label.encode(),
        )
