"""Why some settings are accepted without effect: reasons that several resource types share."""

ENCRYPTION = "encryption at rest is invisible to code"
METRICS = "monitoring of the service itself is not simulated"
PERMISSIONS = "permissions are not simulated: every call is allowed"
TAGS = "tags are labels"
BACKUPS = "backups are not simulated"
LOGS = "where logs are kept is not simulated"
TRACING = "X-Ray is not simulated"
