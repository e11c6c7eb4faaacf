"""Any LocalStack-compatible endpoint: LocalStack itself, ministack and their like."""
