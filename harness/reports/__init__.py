"""What people look at: each report is a fold over the journal or a drawing of the topology."""
