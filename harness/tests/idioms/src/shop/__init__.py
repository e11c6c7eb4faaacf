"""A shop that books what is sold and brought back."""
