"""The entry point of saveEntryScoring."""

from workers.events.kinesis import score_batch
from workers.handlers.save_entry_scoring.worker import save_entry_scoring
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "saveEntryScoring",
    save_entry_scoring,
    (*CONSUMER_STEPS, record_correlations(score_batch)),
)
