"""YAML as nodes that know where they stand, and problems that show it."""
