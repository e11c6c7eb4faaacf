"""Invoke: run a function and wait for it, queue an event for it, or only look whether one could."""

from harness.kernel.instant import Instant
from harness.runtime.outcome import Outcome
from harness.services.base.service import Output, Parameters
from harness.world.awslambda.account import LambdaAccount, require_modelled
from harness.world.awslambda.bounds import check_choice
from harness.world.awslambda.errors import throttled
from harness.world.awslambda.functionnames import LATEST
from harness.world.awslambda.logtail import log_tail
from harness.world.awslambda.payloads import answer_of, event_in, no_answer
from harness.world.awslambda.waiting import invoke_and_wait

_MODELLED = frozenset({"FunctionName", "InvocationType", "LogType", "Payload", "Qualifier"})
_TYPES = ("Event", "RequestResponse", "DryRun")
_LOG_TYPES = ("Tail", "None")
_OK, _ACCEPTED, _NO_CONTENT = 200, 202, 204


def invoke(account: LambdaAccount, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Invoke a function; a function that fails is an answer and no error."""
    require_modelled("Invoke", params, _MODELLED)
    invocation_type = params.get("InvocationType", "RequestResponse")
    check_choice(invocation_type, "invocationType", _TYPES)
    check_choice(params.get("LogType", "None"), "logType", _LOG_TYPES)
    name, qualifier = account.qualified_name(params)
    # AWS's error for a function that is not there names its latest version.
    function = account.function_of({"FunctionName": name, "Qualifier": qualifier or LATEST})
    event = event_in(params.get("Payload"), invocation_type)
    if invocation_type == "DryRun":
        return {"StatusCode": _NO_CONTENT, "Payload": no_answer()}
    if invocation_type == "Event":
        source, cause = account.running.caller.actor()
        account.running.asynchronous.invoke_asynchronously(
            function.name, event, source=source, cause=cause, qualifier=qualifier
        )
        return {"StatusCode": _ACCEPTED, "Payload": no_answer()}
    with account.running.logs.following() as written:
        outcome = invoke_and_wait(account.running, function.name, event, qualifier=qualifier)
    output = _answer(outcome)
    if params.get("LogType") == "Tail":
        output["LogResult"] = log_tail(written, outcome, function, account.journal)
    return output


def _answer(outcome: Outcome) -> Output:
    if outcome.kind == "throttled":
        raise throttled(outcome.payload["Reason"])
    output: Output = {
        "StatusCode": _OK,
        "ExecutedVersion": LATEST,
        "Payload": answer_of(outcome.payload),
    }
    if outcome.has_failed:
        output["FunctionError"] = "Unhandled"
    return output
