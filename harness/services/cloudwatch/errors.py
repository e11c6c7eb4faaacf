"""The errors CloudWatch answers with (texts as moto has them from AWS)."""

from harness.services.base.errors import ServiceError


def invalid_value(message: str) -> ServiceError:
    """Return an InvalidParameterValue."""
    fields = {"QueryErrorCode": "InvalidParameterValueException", "Type": "Sender"}
    return ServiceError("InvalidParameterValue", message, error_fields=fields)


def invalid_combination(message: str) -> ServiceError:
    """Return an InvalidParameterCombination."""
    fields = {"QueryErrorCode": "InvalidParameterCombinationException", "Type": "Sender"}
    return ServiceError("InvalidParameterCombination", message, error_fields=fields)


def missing(parameter: str) -> ServiceError:
    """Return a MissingParameter (CloudWatch API reference, "MissingRequiredParameter")."""
    fields = {"QueryErrorCode": "MissingRequiredParameterException", "Type": "Sender"}
    message = f"The parameter {parameter} is required."
    return ServiceError("MissingParameter", message, error_fields=fields)


def validation(message: str) -> ServiceError:
    """Return a ValidationError, which is what GetMetricData answers."""
    return ServiceError("ValidationError", message, error_fields={"Type": "Sender"})


def invalid_query(message: str) -> ServiceError:
    """Return the ValidationError of a parameter of GetMetricData: each text is a line of its own."""
    return validation(f"{message}\n")


def resource_not_found(shape: str, message: str) -> ServiceError:
    """Return a ResourceNotFound, which the model calls *shape*."""
    fields = {"QueryErrorCode": shape, "Type": "Sender"}
    return ServiceError("ResourceNotFound", message, status=404, error_fields=fields)
