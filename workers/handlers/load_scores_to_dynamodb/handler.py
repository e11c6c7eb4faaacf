"""The entry point of loadScoresToDynamoDB."""

from workers.events.kinesis import score_batch
from workers.handlers.load_scores_to_dynamodb.worker import load_scores_to_dynamodb
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "loadScoresToDynamoDB",
    load_scores_to_dynamodb,
    (*CONSUMER_STEPS, record_correlations(score_batch)),
)
