"""SQS, carried out by the backend, with its timers on the virtual clock."""
