"""AWS's operation names and the functions that perform them."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.operations.batch_get_item import batch_get_item
from harness.services.dynamodb.operations.batch_write_item import batch_write_item
from harness.services.dynamodb.operations.create_backup import create_backup
from harness.services.dynamodb.operations.create_table import create_table
from harness.services.dynamodb.operations.delete_backup import delete_backup
from harness.services.dynamodb.operations.delete_item import delete_item
from harness.services.dynamodb.operations.delete_resource_policy import delete_resource_policy
from harness.services.dynamodb.operations.delete_table import delete_table
from harness.services.dynamodb.operations.describe_backup import describe_backup
from harness.services.dynamodb.operations.describe_continuous_backups import (
    describe_continuous_backups,
)
from harness.services.dynamodb.operations.describe_endpoints import describe_endpoints
from harness.services.dynamodb.operations.describe_limits import describe_limits
from harness.services.dynamodb.operations.describe_table import describe_table
from harness.services.dynamodb.operations.describe_time_to_live import describe_time_to_live
from harness.services.dynamodb.operations.get_item import get_item
from harness.services.dynamodb.operations.get_resource_policy import get_resource_policy
from harness.services.dynamodb.operations.list_backups import list_backups
from harness.services.dynamodb.operations.list_tables import list_tables
from harness.services.dynamodb.operations.list_tags_of_resource import list_tags_of_resource
from harness.services.dynamodb.operations.put_item import put_item
from harness.services.dynamodb.operations.put_resource_policy import put_resource_policy
from harness.services.dynamodb.operations.query import query
from harness.services.dynamodb.operations.restore_table_from_backup import (
    restore_table_from_backup,
)
from harness.services.dynamodb.operations.restore_table_to_point_in_time import (
    restore_table_to_point_in_time,
)
from harness.services.dynamodb.operations.scan import scan
from harness.services.dynamodb.operations.tag_resource import tag_resource
from harness.services.dynamodb.operations.transact_get_items import transact_get_items
from harness.services.dynamodb.operations.transact_write_items import transact_write_items
from harness.services.dynamodb.operations.untag_resource import untag_resource
from harness.services.dynamodb.operations.update_continuous_backups import (
    update_continuous_backups,
)
from harness.services.dynamodb.operations.update_item import update_item
from harness.services.dynamodb.operations.update_table import update_table
from harness.services.dynamodb.operations.update_time_to_live import update_time_to_live

OPERATIONS: Mapping[str, Callable[[Database, Parameters, Instant], Output]] = {
    "BatchGetItem": batch_get_item,
    "BatchWriteItem": batch_write_item,
    "CreateTable": create_table,
    "DeleteItem": delete_item,
    "DeleteTable": delete_table,
    "DescribeTable": describe_table,
    "DescribeTimeToLive": describe_time_to_live,
    "GetItem": get_item,
    "ListTables": list_tables,
    "PutItem": put_item,
    "Query": query,
    "Scan": scan,
    "TransactGetItems": transact_get_items,
    "TransactWriteItems": transact_write_items,
    "DescribeEndpoints": describe_endpoints,
    "DescribeLimits": describe_limits,
    "ListTagsOfResource": list_tags_of_resource,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
    "UpdateItem": update_item,
    "UpdateTable": update_table,
    "UpdateTimeToLive": update_time_to_live,
    "CreateBackup": create_backup,
    "DeleteBackup": delete_backup,
    "DeleteResourcePolicy": delete_resource_policy,
    "DescribeBackup": describe_backup,
    "DescribeContinuousBackups": describe_continuous_backups,
    "GetResourcePolicy": get_resource_policy,
    "ListBackups": list_backups,
    "PutResourcePolicy": put_resource_policy,
    "RestoreTableFromBackup": restore_table_from_backup,
    "RestoreTableToPointInTime": restore_table_to_point_in_time,
    "UpdateContinuousBackups": update_continuous_backups,
}
