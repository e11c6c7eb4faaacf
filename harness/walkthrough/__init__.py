"""Walkthrough: one fan's way through the pipeline, hop by hop, told from the journal of that run."""
