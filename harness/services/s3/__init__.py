"""S3 in memory: buckets, objects and their versions, uploads in parts, notifications."""
