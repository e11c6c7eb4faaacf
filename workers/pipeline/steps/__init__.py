"""The steps of the pipeline, one a module, in the order in which a handler composes them."""

from workers.pipeline.steps.correlation import correlation
from workers.pipeline.steps.record_correlations import record_correlations
from workers.pipeline.steps.result_handler import result_handler
from workers.pipeline.steps.services import services
from workers.pipeline.steps.tracing import tracing
from workers.pipeline.steps.transform_appsync_input import transform_appsync_input

RESOLVER_STEPS = (correlation, tracing, transform_appsync_input, services, result_handler)
"""Around a GraphQL field."""

CONSUMER_STEPS = (correlation, tracing, services, result_handler)
"""Around an event source; a batch adds `record_correlations` with its reader."""

__all__ = ["CONSUMER_STEPS", "RESOLVER_STEPS", "record_correlations"]
