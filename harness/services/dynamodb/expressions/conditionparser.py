"""Condition, filter and key condition expressions: from text to a tree.

What is wrong with the tree is found afterwards (`conditionfaults`); a syntax error and redundant
parentheses are raised where they are met.
"""

from collections.abc import Callable

from harness.errors import UnsupportedError
from harness.services.dynamodb.expressions.nodes import (
    Between,
    Call,
    Comparison,
    Condition,
    Junction,
    Membership,
    Negation,
    Operand,
    Path,
    Placeholder,
)
from harness.services.dynamodb.expressions.reader import Reader

_COMPARATORS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_DEPTH_MAX = 60
_Parsed = tuple[Condition | Operand, bool]
"""A node, and whether parentheses stood directly around it."""

_Part = Callable[[], _Parsed]


class ConditionParser:
    """Reads one condition."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tokens = reader.tokens
        self._depth = 0

    def parse(self) -> Condition:
        """Return the tree; raise ``ValidationException`` for what has no tree."""
        node, _ = self._disjunction()
        condition = self._condition(node)
        self._tokens.expect_end()
        return condition

    def _disjunction(self) -> _Parsed:
        return self._junction("OR", lambda: self._junction("AND", self._negation))

    def _junction(self, operator: str, part: _Part) -> _Parsed:
        node, is_wrapped = part()
        while self._tokens.is_keyword(operator):
            left = self._condition(node)
            self._tokens.advance()
            self._reader.operator_count += 1
            right = self._condition(part()[0])
            node, is_wrapped = Junction(operator, left, right), False
        return node, is_wrapped

    def _negation(self) -> _Parsed:
        count = 0
        while self._tokens.take_keyword("NOT"):
            count += 1
        node, is_wrapped = self._comparison()
        self._reader.operator_count += count
        if not count:
            return node, is_wrapped
        negated = Negation(self._condition(node))
        # All that an even number says beside none is that there was a NOT.
        return (negated if count % 2 else Negation(negated)), False

    def _condition(self, node: Condition | Operand) -> Condition:
        """Return *node* as a condition; a bare value or path is a syntax error here."""
        if isinstance(node, (Path, Placeholder)):
            self._tokens.fail()
        return node

    def _comparison(self) -> _Parsed:
        node, is_wrapped = self._primary()
        tokens, reader = self._tokens, self._reader
        operator = tokens.current.text if tokens.current.kind == "sign" else ""
        if operator in _COMPARATORS:
            left = self._operand_of(node)
            tokens.advance()
            reader.operator_count += 1
            return Comparison(operator, left, self._operand()), False
        if tokens.is_keyword("BETWEEN"):
            operand = self._operand_of(node)
            tokens.advance()
            reader.operator_count += 1
            lower = self._operand()
            tokens.expect_keyword("AND")
            return Between(operand, lower, self._operand()), False
        if tokens.is_keyword("IN"):
            return self._membership(self._operand_of(node)), False
        return node, is_wrapped

    def _membership(self, operand: Operand) -> Membership:
        self._tokens.advance()
        self._reader.operator_count += 1
        return Membership(operand, self._operands())

    def _primary(self) -> _Parsed:
        if not self._tokens.take_sign("("):
            return self._operand(), False
        self._depth += 1
        if self._depth > _DEPTH_MAX:
            raise UnsupportedError(
                f"dynamodb: parentheses nested deeper than {_DEPTH_MAX} are not modelled"
            )
        node, is_wrapped = self._disjunction()
        self._tokens.expect_sign(")")
        self._depth -= 1
        if is_wrapped:
            raise self._tokens.redundant_parentheses()
        return node, True

    def _operand_of(self, node: Condition | Operand) -> Operand:
        if not isinstance(node, (Path, Placeholder, Call)):
            self._tokens.fail()
        return node

    def _operand(self) -> Operand:
        tokens = self._tokens
        if tokens.is_sign("("):
            node, _ = self._primary()
            return self._operand_of(node)
        if tokens.current.kind == "value":
            return self._reader.placeholder()
        if tokens.current.kind == "word" and tokens.peek().text == "(":
            return self._call()
        return self._reader.path()

    def _operands(self) -> tuple[Operand, ...]:
        self._tokens.expect_sign("(")
        operands = [self._operand()]
        while self._tokens.take_sign(","):
            operands.append(self._operand())
        self._tokens.expect_sign(")")
        return tuple(operands)

    def _call(self) -> Call:
        function = self._tokens.advance().text
        self._reader.operator_count += 1
        return Call(function, self._operands())
