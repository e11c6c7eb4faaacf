"""DeleteResourcePolicy."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.resourcepolicies import check_revision, policy_holder


def delete_resource_policy(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Take a policy away; that there is none is no error, unless a revision is expected."""
    holder = policy_holder(database, parameters["ResourceArn"])
    check_revision(database, holder, parameters.get("ExpectedRevisionId"))
    policy = database.policies.pop(holder.arn, None)
    return {"RevisionId": "" if policy is None else policy.revision}
