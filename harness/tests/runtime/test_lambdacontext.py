"""The context object, as the runtime's own is."""

from harness.tests.runtime.running import ran_often


def test_a_context_can_be_printed_and_written_through() -> None:
    """Its text holds no address, so a log that shows it is the same in every run."""
    log: list[str] = []
    source = """\
        def handler(event, context):
            print(context)
            context.log("said\\n")
            return context.identity.cognito_identity_id
    """
    outcomes, _ = ran_often(source, [None], log=log)

    request_id, stream = outcomes[0].request_id, log[0].split("log_stream_name=")[1].split(",")[0]
    assert log[1:] == ["said"]
    assert log[0] == (
        f"LambdaContext([aws_request_id={request_id},log_group_name=/aws/lambda/it,"
        f"log_stream_name={stream},function_name=it,memory_limit_in_mb=128,"
        "function_version=$LATEST,"
        "invoked_function_arn=arn:aws:lambda:us-east-1:123456789012:function:it,"
        "client_context=None,identity=CognitoIdentity([cognito_identity_id=None,"
        "cognito_identity_pool_id=None]),tenant_id=None])"
    )
