"""The way out: AWS through boto3 clients, partner services through one HTTP session."""
