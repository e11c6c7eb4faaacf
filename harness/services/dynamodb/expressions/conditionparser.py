"""Condition, filter and key condition expressions: from text to a tree.

Rules and the order in which faults win: ``aws-semantics`` of the Developer Guide's "Comparison
operator and function reference", and of dynalite's grammar, whose texts were taken from AWS.
"""

from collections.abc import Callable

from harness.errors import UnsupportedError
from harness.services.dynamodb.expressions.functions import CONDITION_ARITY, strange_to_conditions
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
    printed,
)
from harness.services.dynamodb.expressions.reader import Reader

_COMPARATORS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_CANDIDATES_MAX = 100
_DEPTH_MAX = 60
RANKS = (
    "parentheses",
    "unknown function",
    "misuse",
    "reserved",
    "name",
    "placeholder",
    "operand",
    "distinct",
    "function",
)
"""Of several faults, the one whose rank stands first is reported."""

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
        """Return the tree; raise ``ValidationException`` for the worst fault."""
        node, _ = self._disjunction()
        condition = self._condition(node)
        self._tokens.expect_end()
        self._reader.check(*RANKS)
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
        condition = self._condition(node)
        return (Negation(condition) if count % 2 else condition), False

    def _condition(self, node: Condition | Operand) -> Condition:
        """Return *node* as a condition; a bare value or path is a syntax error here."""
        if isinstance(node, (Path, Placeholder)):
            self._tokens.fail()
        if isinstance(node, Call) and node.function == "size":
            self._misused("size")
        return node

    def _comparison(self) -> _Parsed:
        node, is_wrapped = self._primary()
        tokens, reader = self._tokens, self._reader
        operator = tokens.current.text if tokens.current.kind == "sign" else ""
        if operator in _COMPARATORS:
            left = self._operand_of(node)
            tokens.advance()
            reader.operator_count += 1
            right = self._operand()
            self._check_misuse((left, right))
            self._check_distinct(operator, left, right)
            return Comparison(operator, left, right), False
        if tokens.is_keyword("BETWEEN"):
            operand = self._operand_of(node)
            tokens.advance()
            reader.operator_count += 1
            lower = self._operand()
            tokens.expect_keyword("AND")
            upper = self._operand()
            self._check_misuse((operand, lower, upper))
            return Between(operand, lower, upper), False
        if tokens.is_keyword("IN"):
            return self._membership(self._operand_of(node)), False
        return node, is_wrapped

    def _membership(self, operand: Operand) -> Membership:
        self._tokens.advance()
        self._reader.operator_count += 1
        candidates = self._operands()
        self._check_misuse((operand, *candidates))
        if len(candidates) > _CANDIDATES_MAX:
            self._reader.note(
                "operand",
                "The IN operator is provided with too many operands; "
                f"number of operands: {len(candidates)}",
            )
        return Membership(operand, candidates)

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
            self._reader.note("parentheses", "The expression has redundant parentheses;")
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
        return Path(self._reader.path())

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
        operands = self._operands()
        self._check_misuse(operands)
        arity = CONDITION_ARITY.get(function)
        if arity is None:
            self._reader.note("unknown function", strange_to_conditions(function))
        elif arity != len(operands):
            self._reader.note(
                "operand",
                "Incorrect number of operands for operator or function; "
                f"operator or function: {function}, number of operands: {len(operands)}",
            )
        else:
            self._check_call(function, operands)
        return Call(function, operands)

    def _check_call(self, function: str, operands: tuple[Operand, ...]) -> None:
        if function in ("attribute_exists", "attribute_not_exists"):
            if not isinstance(operands[0], Path):
                self._reader.note(
                    "function",
                    "Operator or function requires a document path; "
                    f"operator or function: {function}",
                )
        elif function == "attribute_type" and not isinstance(operands[1], Placeholder):
            self._reader.note(
                "function",
                "Incorrect operand type for operator or function; operator or function: "
                "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
            )
        if len(operands) > 1:
            self._check_distinct(function, operands[0], operands[1])

    def _check_misuse(self, operands: tuple[Operand, ...]) -> None:
        for operand in operands:
            if isinstance(operand, Call) and operand.function != "size":
                self._misused(operand.function)

    def _misused(self, function: str) -> None:
        self._reader.note(
            "misuse",
            f"The function is not allowed to be used this way in an expression; function: {function}",
        )

    def _check_distinct(self, operator: str, left: Operand, right: Operand) -> None:
        if isinstance(left, Path) and left == right:
            self._reader.note(
                "distinct",
                "The first operand must be distinct from the remaining operands for this operator "
                f"or function; operator: {operator}, first operand: {printed(left.parts)}",
            )
