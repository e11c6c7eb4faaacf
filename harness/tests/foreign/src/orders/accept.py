"""Keeps each order of the queue in the table, once."""

import json
import os
from typing import Any

import boto3
from botocore.exceptions import ClientError

TABLE = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Report the messages that could not be kept."""
    failures = []
    for message in event["Records"]:
        try:
            keep(json.loads(message["body"]))
        except (KeyError, ValueError):
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def keep(order: dict[str, Any]) -> None:
    """Put *order* unless it is known already."""
    try:
        TABLE.put_item(
            Item={"orderId": order["orderId"], "articles": order["articles"], "state": "accepted"},
            ConditionExpression="attribute_not_exists(orderId)",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
