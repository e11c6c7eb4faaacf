"""The wildcard of a filter pattern: ``*`` stands for any run of characters, none included.

Source: Amazon EventBridge user guide, "Comparison operators", "Wildcard matching".
"""

import re
from collections.abc import Callable, Iterator

from harness.mappings.filtererrors import InvalidPatternError

_STAR = "*"
_ESCAPE = "\\"


def compile_wildcard(pattern: str) -> Callable[[str], bool]:
    r"""Return the test of a whole text against *pattern*; ``\*`` and ``\\`` stand for themselves."""
    expression = re.compile("".join(_parts(pattern)), re.DOTALL)
    return lambda text: expression.fullmatch(text) is not None


def _parts(pattern: str) -> Iterator[str]:
    """Return the parts of the regular expression; refuse what EventBridge refuses."""
    is_after_star = False
    characters = iter(pattern)
    for character in characters:
        if character == _STAR:
            if is_after_star:
                raise InvalidPatternError("consecutive wildcards")
            is_after_star = True
            yield ".*"
            continue
        is_after_star = False
        literal = next(characters, "") if character == _ESCAPE else character
        if character == _ESCAPE and literal not in (_STAR, _ESCAPE):
            raise InvalidPatternError("an escape that is neither of a wildcard nor of itself")
        yield re.escape(literal)
