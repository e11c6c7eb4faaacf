"""The scenario language: YAML in, results out."""
