"""Update expressions: from text to a list of actions.

What is wrong with them is found afterwards (`updatefaults`); a syntax error and redundant
parentheses are raised where they are met.
"""

from harness.services.dynamodb.expressions.functions import ARITHMETIC
from harness.services.dynamodb.expressions.nodes import Action, Call, Operand, Placeholder
from harness.services.dynamodb.expressions.reader import Reader

_SECTIONS = ("SET", "REMOVE", "ADD", "DELETE")


class UpdateParser:
    """Reads one update expression."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tokens = reader.tokens
        self._actions: list[Action] = []
        self.sections: list[str] = []
        """The sections in the order written."""

    def parse(self) -> tuple[Action, ...]:
        """Return the actions in the order written."""
        while self._tokens.current.kind != "end":
            section = self._section()
            self.sections.append(section)
            self._actions.append(self._action(section))
            while self._tokens.take_sign(","):
                self._actions.append(self._action(section))
        if not self.sections:
            self._tokens.fail()
        return tuple(self._actions)

    def _section(self) -> str:
        for section in _SECTIONS:
            if self._tokens.take_keyword(section):
                return section
        return self._tokens.fail()

    def _action(self, section: str) -> Action:
        path = self._reader.path()
        if section == "SET":
            self._tokens.expect_sign("=")
            return Action(section, path, self._set_value())
        if section == "REMOVE":
            return Action(section, path, None)
        return Action(section, path, self._reader.placeholder())

    def _set_value(self) -> Operand:
        if not self._tokens.take_sign("("):
            return self._rest_of_sum(self._operand())
        value, is_sum = self._within_parentheses()
        return value if is_sum else self._rest_of_sum(value)

    def _within_parentheses(self) -> tuple[Operand, bool]:
        """Read up to the closing parenthesis; return what was there, and if it was a sum."""
        is_wrapped = self._tokens.is_sign("(")
        if self._tokens.take_sign("("):
            value, is_sum = self._within_parentheses()
        else:
            value, is_sum = self._operand(), False
        if not is_sum and self._tokens.current.text in ARITHMETIC:
            value, is_sum, is_wrapped = self._rest_of_sum(value), True, False
        self._tokens.expect_sign(")")
        if is_wrapped:
            raise self._tokens.redundant_parentheses()
        return value, is_sum

    def _rest_of_sum(self, left: Operand) -> Operand:
        operator = self._tokens.current.text
        if operator not in ARITHMETIC:
            return left
        self._tokens.advance()
        self._reader.operator_count += 1
        return Call(operator, (left, self._operand()))

    def _operand(self) -> Operand:
        tokens = self._tokens
        if tokens.take_sign("("):
            is_wrapped = tokens.is_sign("(")
            operand = self._operand()
            tokens.expect_sign(")")
            if is_wrapped:
                raise tokens.redundant_parentheses()
            return operand
        if tokens.current.kind == "value":
            return self._reader.placeholder()
        if tokens.current.kind == "word" and tokens.peek().text == "(":
            return self._call()
        return self._reader.path()

    def _call(self) -> Call:
        function = self._tokens.advance().text
        self._reader.operator_count += 1
        self._tokens.expect_sign("(")
        operands = [self._operand()]
        while self._tokens.take_sign(","):
            operands.append(self._operand())
        self._tokens.expect_sign(")")
        return Call(function, tuple(operands))


def placeholder_of(action: Action) -> str:
    """Return the placeholder of an ADD or DELETE."""
    assert isinstance(action.operand, Placeholder), "ADD and DELETE take a placeholder"
    return action.operand.name
