"""Where a real boto3 client meets the engine: no wire, no serialisation."""
