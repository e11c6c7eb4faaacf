"""From the raw dictionaries and bytes that AWS delivers to typed values."""
