"""One structured logger a worker: JSON lines for CloudWatch."""

from functools import cache

from aws_lambda_powertools import Logger


@cache  # one entry a worker, and an environment runs one worker
def logger_for(worker: str) -> Logger:
    """Return the logger of *worker*; its level comes from POWERTOOLS_LOG_LEVEL."""
    return Logger(service=worker)
