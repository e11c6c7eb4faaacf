"""What all kinds of expression share: paths and placeholders, and the limits on them."""

from collections.abc import Mapping

from harness.services.dynamodb.expressions.nodes import Path, Placeholder
from harness.services.dynamodb.expressions.reservedwords import is_reserved
from harness.services.dynamodb.expressions.tokens import Tokens

OPERATORS_MAX = 300
_LEVELS_MAX = 32
_INDEX_MAX = 2**31 - 1


class Reader:
    """Tokens, the names they may use, and what was seen of both."""

    def __init__(
        self, parameter: str, expression: str, names: Mapping[str, str], defined: frozenset[str]
    ) -> None:
        self.tokens = Tokens(parameter, expression)
        self.used_names: set[str] = set()
        self.used_values: set[str] = set()
        self.paths: list[Path] = []
        self.operator_count = 0
        self._names = names
        self._defined = defined

    def check_operators(self) -> None:
        """Raise the fault of an expression with more operators and functions than AWS takes."""
        if self.operator_count > OPERATORS_MAX:
            raise self.tokens.problem(
                "The expression contains too many operators; "
                f"operator count: {self.operator_count}"
            )

    def path(self) -> Path:
        """Read ``ident ( "." ident | "[" digits "]" )*``."""
        tokens = self.tokens
        parts: list[str | int] = []
        malformed: list[str] = []
        undefined: list[str] = []
        self._identifier(parts, malformed, undefined)
        while True:
            if tokens.take_sign("."):
                self._identifier(parts, malformed, undefined)
            elif tokens.take_sign("["):
                self._index(parts, malformed)
            else:
                break
        if len(parts) > _LEVELS_MAX:
            fault = "The document path has too many nesting levels; nesting levels: "
            undefined.insert(0, f"{fault}{len(parts)}")
        path = Path(tuple(parts), next(iter(malformed), None), next(iter(undefined), None))
        self.paths.append(path)
        return path

    def placeholder(self) -> Placeholder:
        """Read ``:value``."""
        if self.tokens.current.kind != "value":
            self.tokens.fail()
        name = self.tokens.advance().text
        if name in self._defined:
            self.used_values.add(name)
            return Placeholder(name)
        return Placeholder(
            name,
            "An expression attribute value used in expression is not defined; "
            f"attribute value: {name}",
        )

    def _identifier(
        self, parts: list[str | int], malformed: list[str], undefined: list[str]
    ) -> None:
        token = self.tokens.current
        if token.kind not in ("word", "name"):
            self.tokens.fail()
        self.tokens.advance()
        if token.kind == "word":
            parts.append(token.text)
            if is_reserved(token.text):
                fault = "Attribute name is a reserved keyword; reserved keyword: "
                malformed.append(fault + token.text)
            return
        name = self._names.get(token.text)
        if name is None:
            fault = "An expression attribute name used in the document path is not defined; "
            undefined.append(f"{fault}attribute name: {token.text}")
        else:
            self.used_names.add(token.text)
        parts.append(token.text if name is None else name)

    def _index(self, parts: list[str | int], malformed: list[str]) -> None:
        if self.tokens.current.kind != "number":
            self.tokens.fail()
        digits = self.tokens.advance().text
        self.tokens.expect_sign("]")
        index = int(digits) if len(digits) <= len(str(_INDEX_MAX)) else _INDEX_MAX + 1
        if index > _INDEX_MAX:
            malformed.append(f"List index is not within the allowable range; index: [{digits}]")
        parts.append(index)
