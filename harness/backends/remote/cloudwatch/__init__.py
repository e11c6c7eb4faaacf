"""CloudWatch, carried out by the backend."""
