"""The entry point of loadScoresToStream."""

from workers.events.s3 import object_batch
from workers.handlers.load_scores_to_stream.worker import load_scores_to_stream
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "loadScoresToStream",
    load_scores_to_stream,
    (*CONSUMER_STEPS, record_correlations(object_batch)),
)
