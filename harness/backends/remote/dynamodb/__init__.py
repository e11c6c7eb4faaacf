"""DynamoDB, carried out by the backend: its change streams are read back after every write."""
