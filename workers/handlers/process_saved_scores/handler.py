"""The entry point of processSavedScores."""

from workers.events.dynamodb import change_batch
from workers.handlers.process_saved_scores.worker import process_saved_scores
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "processSavedScores",
    process_saved_scores,
    (*CONSUMER_STEPS, record_correlations(change_batch)),
)
