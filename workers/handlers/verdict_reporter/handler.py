"""The entry point of verdictReporter."""

from workers.events.sqs import message_batch
from workers.handlers.verdict_reporter.worker import verdict_reporter
from workers.pipeline.compose import compose
from workers.pipeline.steps import CONSUMER_STEPS, record_correlations

handler = compose(
    "verdictReporter",
    verdict_reporter,
    (*CONSUMER_STEPS, record_correlations(message_batch)),
)
