"""Books each sale once, whatever is delivered again."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.parser import parse
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config
from botocore.exceptions import ClientError

from .opening import AGAIN, BESIDE, HERE, STOCK
from .sale import Sale

logger = Logger()
tracer = Tracer()
metrics = Metrics()
layer = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY"])
config = IdempotencyConfig(event_key_jmespath="order", expires_after_seconds=3600)
processor = BatchProcessor(event_type=EventType.KinesisDataStreams)
retries = Config(retries={"mode": "adaptive", "max_attempts": 5})
stock = boto3.resource("dynamodb", config=retries).Table(os.environ["STOCK"])

if not STOCK == AGAIN == HERE == BESIDE:
    raise RuntimeError("the package does not find its own data")


@idempotent_function(  # type: ignore[untyped-decorator]  # the library says nothing of it
    data_keyword_argument="sale", persistence_store=layer, config=config
)
def book(sale: dict[str, Any]) -> dict[str, Any]:
    """Take *sale* from the stock, unless there is too little."""
    parsed = parse(event=sale, model=Sale)
    sold = parsed.amount if parsed.kind == "sale" else -parsed.amount
    try:
        stock.update_item(
            Key={"sku": parsed.sku},
            UpdateExpression="SET #count = if_not_exists(#count, :opening) - :sold",
            ConditionExpression="attribute_not_exists(#count) OR #count >= :sold",
            ExpressionAttributeNames={"#count": "count"},
            ExpressionAttributeValues={":opening": STOCK.get(parsed.sku, 0), ":sold": sold},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        logger.warning("sold out", sku=parsed.sku)
        return {"sold_out": True}
    return {"booked": sold}


@tracer.capture_method(capture_response=False)
def book_record(record: KinesisStreamRecord) -> None:
    """Book what one record holds."""
    booked = book(sale=record.kinesis.data_as_json())
    name = "booked" if "booked" in booked else "soldOut"
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=1)


@logger.inject_lambda_context(correlation_id_path="Records[0].eventID")
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Any:
    """Answer which records failed."""
    config.register_lambda_context(context)
    return process_partial_response(
        event=event, record_handler=book_record, processor=processor, context=context
    )
