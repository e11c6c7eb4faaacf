"""S3, carried out by the backend."""
