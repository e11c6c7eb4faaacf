"""PutResourcePolicy."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.resourcepolicies import (
    attach_policy,
    check_revision,
    policy_holder,
)


def put_resource_policy(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Give a table or a stream a policy; it is there at once, and denies nobody anything.

    So ``ConfirmRemoveSelfResourceAccess`` confirms what cannot happen.
    """
    holder = policy_holder(database, parameters["ResourceArn"])
    check_revision(database, holder, parameters.get("ExpectedRevisionId"))
    policy = attach_policy(database, holder.arn, parameters["Policy"], now)
    return {"RevisionId": policy.revision}
