"""The language as a whole: the keys of a file, its given, when and then."""
