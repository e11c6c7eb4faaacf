"""Services that are carried out elsewhere, with the face of the in-memory engines."""
