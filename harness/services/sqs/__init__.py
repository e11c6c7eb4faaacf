"""SQS in memory: standard and FIFO queues, visibility, dead-letter queues."""
