"""What the YAML parser complains of, told like all other problems."""

import re

import yaml  # type: ignore[import-untyped, unused-ignore]  # its stubs are optional
from yaml.reader import (  # type: ignore[import-untyped, unused-ignore]  # the same
    ReaderError,
)

from harness.scenarios.documents.problems import InvalidScenarioError, problem_in
from harness.scenarios.documents.source import SourceFile

_BRACED_VARIABLE = re.compile(r"\$\{[A-Za-z_][\w.-]*\}")


def broken_yaml(source: SourceFile, error: yaml.YAMLError) -> InvalidScenarioError:
    """Return *error* of the YAML parser as one of ours."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        at = error.problem_mark.index
        context = f"{error.context}: " if error.context else ""
        text = f"{context}{error.problem}{_braces_hint(source, at)}{_tab_hint(source, at)}"
        return InvalidScenarioError([problem_in(source, at, at + 1, f"broken YAML: {text}")])
    at = error.position if isinstance(error, ReaderError) else 0
    reason = f"the character {source.text[at : at + 1]!r} is not allowed"
    return InvalidScenarioError([problem_in(source, at, at + 1, f"broken YAML: {reason}")])


def _tab_hint(source: SourceFile, at: int) -> str:
    """Return advice when the parser stumbled over a tab."""
    is_tab = source.text[at : at + 1] == "\t"
    return "; YAML is indented with spaces, and there is a tab" if is_tab else ""


def _braces_hint(source: SourceFile, at: int) -> str:
    """Return advice when an unquoted variable is what the parser stumbled over."""
    line = source.line(source.location(at).line)
    match = _BRACED_VARIABLE.search(line)
    if match is None:
        return ""
    return f"; inside {{...}} or [...] a variable needs quotes: '{match.group()}'"
