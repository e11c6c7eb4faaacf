"""What a run has to say, as plain frozen data; no formatting."""
