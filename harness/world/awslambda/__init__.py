"""The API of AWS Lambda: invocations and event source mappings, as boto3's ``lambda`` client knows them."""
