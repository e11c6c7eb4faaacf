"""The in-memory AWS engine: it knows no boto3, no HTTP and no wall clock."""
