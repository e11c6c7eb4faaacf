"""GetResourcePolicy."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.resourcepolicies import policy_holder, policy_not_found


def get_resource_policy(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the policy of a table or a stream in the form that it is kept in."""
    holder = policy_holder(database, parameters["ResourceArn"])
    policy = database.policies.get(holder.arn)
    if policy is None:
        raise policy_not_found(holder.arn)
    return {"Policy": policy.document, "RevisionId": policy.revision}
