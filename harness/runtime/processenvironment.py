"""The environment variables that Lambda sets for a function.

Source: AWS Lambda developer guide, "Using Lambda environment variables".
"""

from harness.runtime.function import Function
from harness.services.base.identity import Identity


def process_environment(function: Function, identity: Identity) -> dict[str, str]:
    """Return everything that *function* finds in `os.environ`; its own variables come last."""
    group = f"/aws/lambda/{function.name}"
    return {
        "_HANDLER": function.handler,
        "AWS_ACCESS_KEY_ID": "simulated",
        "AWS_SECRET_ACCESS_KEY": "simulated",
        "AWS_SESSION_TOKEN": "simulated",
        "AWS_DEFAULT_REGION": identity.region,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": group,
        "AWS_LAMBDA_LOG_STREAM_NAME": "simulated",
        "AWS_REGION": identity.region,
        "HOME": "/home/sbx_user1051",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        # Where the code lies here: handlers open files below it. A log shows it as on Lambda.
        "LAMBDA_TASK_ROOT": str(function.code),
        "LANG": "en_US.UTF-8",
        "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin",
        "TZ": ":UTC",
        **function.environment,
    }
