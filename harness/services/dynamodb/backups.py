"""Backups: taken, found by ARN, and shown.

Source: API Reference, CreateBackup, DescribeBackup, ListBackups; Developer Guide, "Backing up a
table"; ARNs, members and refusals as observed on AWS by ack-api-quirks, DDB-BACKUP-003 to 016.
"""

import re
from copy import deepcopy
from typing import Any

from harness.kernel.instant import Instant, hours, later, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.backup import Backup
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.snapshots import snapshot_of
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.throughputsettings import is_on_demand, shown_encryption

_SYSTEM_BACKUP_DAYS = 35
_SYSTEM_SUFFIX = "00000000"
_ARN = re.compile(r"arn:aws[a-z-]*:dynamodb:[^:]*:([^:]*):table/[^/]+/backup/[^/]+").fullmatch


def take_backup(database: Database, table: Table, name: str, now: Instant) -> Backup:
    """Keep what *table* is now under *name*, which need not be the only one of that name."""
    suffix = database.surroundings.identifiers.hexadecimal("dynamodb.backups", 8)
    return _keep(
        database,
        Backup(
            arn=_arn(database, table, now, suffix),
            name=name,
            kind="USER",
            created=_in_milliseconds(now),
            expires=None,
            source=_source_details(table),
            features=_feature_details(database, table),
            snapshot=snapshot_of(table),
        ),
    )


def take_last_backup(database: Database, table: Table, now: Instant) -> Backup:
    """Keep what a table with point-in-time recovery is when it is deleted, for 35 days."""
    created = _in_milliseconds(now)
    return _keep(
        database,
        Backup(
            arn=_arn(database, table, now, _SYSTEM_SUFFIX),
            name=f"{table.name}$DeletedTableBackup",
            kind="SYSTEM",
            created=created,
            expires=later(created, hours(24 * _SYSTEM_BACKUP_DAYS)),
            source=_source_details(table),
            features={},
            snapshot=snapshot_of(table),
        ),
    )


def standing_backups(database: Database, now: Instant) -> list[Backup]:
    """Return the backups that have not expired, the earliest first."""
    return [
        backup
        for backup in database.backups.values()
        if backup.expires is None or now < backup.expires
    ]


def find_backup(database: Database, arn: str, now: Instant) -> Backup:
    """Return the backup whose ARN is *arn*."""
    match = _ARN(arn)
    if match is None:
        raise validation("Invalid Backup ARN")
    if match[1] != database.surroundings.identity.account_id:
        raise ServiceError("AccessDeniedException", "Access is denied")
    backup = database.backups.get(arn)
    if backup is None or (backup.expires is not None and now >= backup.expires):
        raise ServiceError("BackupNotFoundException", f"Backup not found: {arn}")
    return backup


def table_to_back_up(database: Database, name: str) -> Table:
    """Return the table called *name*, or whose ARN it is; the operations on backups say so."""
    table = database.tables.get(name.rpartition(":table/")[2])
    if table is None or name not in (table.name, table.arn):
        raise ServiceError("TableNotFoundException", f"Table not found: {name}")
    return table


def shown_details(backup: Backup, status: str = "AVAILABLE") -> dict[str, Any]:
    """Return ``BackupDetails``."""
    shown = {
        "BackupArn": backup.arn,
        "BackupName": backup.name,
        "BackupSizeBytes": backup.source["TableSizeBytes"],
        "BackupStatus": status,
        "BackupType": backup.kind,
        "BackupCreationDateTime": to_datetime(backup.created),
    }
    if backup.expires is not None:
        shown["BackupExpiryDateTime"] = to_datetime(backup.expires)
    return shown


def shown_description(backup: Backup, status: str = "AVAILABLE") -> dict[str, Any]:
    """Return ``BackupDescription``."""
    return {
        "BackupDetails": shown_details(backup, status),
        "SourceTableDetails": deepcopy(dict(backup.source)),
        "SourceTableFeatureDetails": deepcopy(dict(backup.features)),
    }


def shown_summary(backup: Backup) -> dict[str, Any]:
    """Return ``BackupSummary``: the details, and whose backup it is."""
    whose = {name: backup.source[name] for name in ("TableName", "TableId", "TableArn")}
    return shown_details(backup) | whose


def _keep(database: Database, backup: Backup) -> Backup:
    database.backups[backup.arn] = backup
    return backup


def _arn(database: Database, table: Table, now: Instant, suffix: str) -> str:
    milliseconds = now // 1000
    while (arn := f"{table.arn}/backup/{milliseconds:014d}-{suffix}") in database.backups:
        milliseconds += 1
    return arn


def _in_milliseconds(instant: Instant) -> Instant:
    return Instant(instant // 1000 * 1000)


def _source_details(table: Table) -> dict[str, Any]:
    settings = table.settings
    units = settings.get("ProvisionedThroughput")
    shown = {
        "TableName": table.name,
        "TableId": table.table_id,
        "TableArn": table.arn,
        "TableSizeBytes": sum(map(item_size, table.items.values())),
        "KeySchema": table.keys.description(),
        "TableCreationDateTime": to_datetime(table.created),
        "ProvisionedThroughput": units or {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
        "ItemCount": len(table.items),
        "BillingMode": "PAY_PER_REQUEST" if is_on_demand(settings) else "PROVISIONED",
    }
    if "OnDemandThroughput" in settings:
        shown["OnDemandThroughput"] = settings["OnDemandThroughput"]
    return shown


def _feature_details(database: Database, table: Table) -> dict[str, Any]:
    """Return what of the table's features is on; those that are off are not mentioned."""
    definition = snapshot_of(table).definition
    shown = {
        member: [_index_information(index) for index in definition[member]]
        for member in ("LocalSecondaryIndexes", "GlobalSecondaryIndexes")
        if member in definition
    }
    features: dict[str, Any] = dict(shown)
    if table.stream is not None:
        features["StreamDescription"] = {
            "StreamEnabled": True,
            "StreamViewType": table.stream.view_type,
        }
    if table.time_to_live is not None:
        features["TimeToLiveDescription"] = {
            "TimeToLiveStatus": "ENABLED",
            "AttributeName": table.time_to_live.attribute,
        }
    encryption = table.settings.get("SSESpecification", {})
    if encryption.get("Enabled"):
        features["SSEDescription"] = shown_encryption(database.surroundings, encryption)
    return features


def _index_information(index: dict[str, Any]) -> dict[str, Any]:
    members = ("IndexName", "KeySchema", "Projection", "ProvisionedThroughput")
    return {name: index[name] for name in members if name in index}
