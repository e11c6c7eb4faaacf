"""The errors SQS answers with, in AWS's wording.

SQS speaks JSON now but keeps the codes of its old query protocol: ``Code`` is the old one, and
``QueryErrorCode`` names the shape, from which botocore picks the exception's class.
Texts: LocalStack's recordings of AWS (``test_sqs``); those of batches also moto's.
"""

from harness.services.base.errors import ServiceError

_PREFIX = "AWS.SimpleQueueService."
_FORBIDDEN = 403
_NOT_FOUND = 404


def error(code: str, message: str, shape: str, *, status: int = 400) -> ServiceError:
    """Return an error of the sender with its old *code* and the *shape* it has in the model."""
    fields = {"QueryErrorCode": shape, "Type": "Sender"}
    return ServiceError(code, message, status=status, error_fields=fields)


def invalid_parameter(message: str) -> ServiceError:
    """Return an InvalidParameterValue."""
    return error("InvalidParameterValue", message, "InvalidParameterValueException")


def invalid_value(value: object, parameter: str, reason: str) -> ServiceError:
    """Return the InvalidParameterValue about *value* of *parameter*."""
    return invalid_parameter(
        f"Value {value} for parameter {parameter} is invalid. Reason: {reason}"
    )


def missing(parameter: str) -> ServiceError:
    """Return a MissingParameter."""
    message = f"The request must contain the parameter {parameter}."
    return error("MissingParameter", message, "MissingRequiredParameterException")


def prefixed(shape: str, message: str, *, status: int = 400) -> ServiceError:
    """Return one of the errors whose old code begins with ``AWS.SimpleQueueService.``."""
    return error(_PREFIX + shape, message, shape, status=status)


def over_limit(message: str) -> ServiceError:
    """Return an OverLimit."""
    return error("OverLimit", message, "OverLimit", status=_FORBIDDEN)


def no_such_resource(message: str) -> ServiceError:
    """Return a ResourceNotFoundException, which only the operations of move tasks know."""
    shape = "ResourceNotFoundException"
    return error(shape, message, shape, status=_NOT_FOUND)


def no_such_queue() -> ServiceError:
    """Return the error for a queue that does not exist."""
    message = "The specified queue does not exist."
    return error(_PREFIX + "NonExistentQueue", message, "QueueDoesNotExist")


def invalid_receipt_handle(receipt_handle: str) -> ServiceError:
    """Return the error for a text that is no receipt handle of the queue."""
    return error(
        "ReceiptHandleIsInvalid",
        f'The input receipt handle "{receipt_handle}" is not a valid receipt handle.',
        "ReceiptHandleIsInvalid",
    )
