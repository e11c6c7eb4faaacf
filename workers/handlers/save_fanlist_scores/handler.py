"""The entry point of saveFanlistScores."""

from workers.handlers.save_fanlist_scores.worker import fan_list_batch, save_fanlist_scores
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "saveFanlistScores",
    save_fanlist_scores,
    (*CONSUMER_STEPS, record_correlations(fan_list_batch)),
)
