"""The parameters' way through botocore's event system, walked only where something listens.

botocore and boto3 let handlers rewrite parameters before a call and output after it: boto3's
DynamoDB resource turns Python values into attribute values there, S3 checks bucket names.
Emitting costs several microseconds, and for most calls nothing that listens changes anything; so
which handlers matter is found out once per client and operation, and again only when a handler
has been registered since.
"""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.validate import ParamValidationDecorator

from harness.gateway.clients import LazyEvents

_WIRE_ONLY = frozenset({
    # They prepare or undo what only the wire needs: checksums, encodings, endpoints, quotas.
    "_handle_request_validation_mode_member", "_handle_sqs_compatible_error",
    "_inject_s3_input_parameters", "annotate_request_context",
    "block_endpoint_discovery_required_operations", "conditionally_calculate_md5",
    "convert_body_to_file_like_object", "copy_source_sse_md5", "decode_list_object",
    "decode_list_object_v2", "parse_get_bucket_location", "release_retry_quota", "remove_bucket_from_url_paths_from_model",
    "set_list_objects_encoding_type_url", "sse_md5",
})  # fmt: skip

_IDEMPOTENCY = "generate_idempotent_uuid"


class EventPlan:
    """Which of a client's handlers one operation has to pass."""

    __slots__ = ("after", "before", "is_idle", "model", "provide", "validates")

    def __init__(self, client: Any, operation_model: Any) -> None:
        service_id = client.meta.service_model.service_id.hyphenize()
        name = operation_model.name
        self.model = operation_model
        self.provide = _handlers(
            client, operation_model, f"provide-client-params.{service_id}.{name}"
        )
        self.before = _handlers(
            client, operation_model, f"before-parameter-build.{service_id}.{name}"
        )
        self.after = _handlers(client, operation_model, f"after-call.{service_id}.{name}")
        self.is_idle = not (self.provide or self.before or self.after)
        """Whether nothing that listens matters."""
        self.validates = isinstance(client._serializer, ParamValidationDecorator)  # noqa: SLF001 - where botocore keeps `parameter_validation`
        """Whether the client checks parameters, as its configuration says."""

    def rewrite(self, parameters: dict[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters after every handler that may change them."""
        for handler in self.provide:
            answer = handler(
                params=parameters,
                model=self.model,
                context=context,
                event_name="provide-client-params",
            )
            if answer is not None:
                parameters = answer
        for handler in self.before:
            handler(
                params=parameters,
                model=self.model,
                context=context,
                event_name="before-parameter-build",
            )
        return parameters

    def finish(self, output: dict[str, Any], context: Mapping[str, Any]) -> None:
        """Let every handler that may change the output do so."""
        for handler in self.after:
            handler(
                http_response=None,
                parsed=output,
                model=self.model,
                context=context,
                event_name="after-call",
            )


def plan_mark(operation_name: str) -> str:
    """Return the name that an operation's plan is kept under."""
    return f"harness.plan.{operation_name}"


def event_plan(client: Any, operation_model: Any, mark: str) -> EventPlan:
    """Return the plan of a client's operation, which is kept under *mark*.

    A client of ours keeps its plans itself.  One that was made before the world keeps them in the
    emitter's own cache; both are emptied whenever a handler is registered.
    """
    events = client.meta.events
    is_ours = type(events) is LazyEvents
    plans = events.plans if is_ours else events._emitter._lookup_cache  # noqa: SLF001 - it is emptied at exactly the right moments
    plan: EventPlan | None = plans.get(mark)
    if plan is None:
        plan = plans[mark] = EventPlan(client, operation_model)
    return plan


def _handlers(client: Any, model: Any, event: str) -> tuple[Callable[..., Any], ...]:
    events = client.meta.events
    found = events._emitter._handlers.prefix_search(events._alias_event_name(event))  # noqa: SLF001 - botocore has no public way to list handlers
    return tuple(handler for handler in found if _matters(handler, model))


def _matters(handler: Callable[..., Any], model: Any) -> bool:
    name = getattr(handler, "__name__", "")
    if name == _IDEMPOTENCY:
        return bool(model.idempotent_members)
    return name not in _WIRE_ONLY
