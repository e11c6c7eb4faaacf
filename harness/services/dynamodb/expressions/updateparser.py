"""Update expressions: from text to a list of actions."""

from harness.services.dynamodb.expressions.functions import UPDATE_ARITY, strange_to_updates
from harness.services.dynamodb.expressions.nodes import Action, Call, Operand, Path, Placeholder
from harness.services.dynamodb.expressions.overlaps import overlap
from harness.services.dynamodb.expressions.reader import Reader

_SECTIONS = ("SET", "REMOVE", "ADD", "DELETE")
RANKS = (
    "reserved",
    "unknown function",
    "section",
    "name",
    "placeholder",
    "overlap",
    "conflict",
    "misuse",
    "function",
)
"""Of several faults, the one whose rank stands first is reported."""


class UpdateParser:
    """Reads one update expression."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tokens = reader.tokens
        self._actions: list[Action] = []

    def parse(self) -> tuple[Action, ...]:
        """Return the actions in the order written; raise the worst fault."""
        seen: set[str] = set()
        while self._tokens.current.kind != "end":
            section = self._section()
            if section in seen:
                self._reader.note(
                    "section",
                    f'The "{section}" section can only be used once in an update expression;',
                )
            seen.add(section)
            self._actions.append(self._action(section))
            while self._tokens.take_sign(","):
                self._actions.append(self._action(section))
        fault = overlap([action.path for action in self._actions])
        if fault is not None:
            self._reader.note(*fault)
        self._reader.check(*RANKS)
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
        start = self._tokens.position()
        if self._tokens.take_sign("("):
            # "(a + b)" and "(a) + b" begin alike: read the whole, look what follows, else start over.
            value = self._sum()
            self._tokens.expect_sign(")")
            if self._tokens.current.text not in ("+", "-"):
                return value
            self._tokens.rewind(start)
        return self._sum()

    def _sum(self) -> Operand:
        left = self._operand()
        for operator in ("+", "-"):
            if self._tokens.take_sign(operator):
                self._reader.operator_count += 1
                return Call(operator, (left, self._operand()))
        return left

    def _operand(self) -> Operand:
        tokens = self._tokens
        if tokens.take_sign("("):
            operand = self._operand()
            tokens.expect_sign(")")
            return operand
        if tokens.current.kind == "value":
            return self._reader.placeholder()
        if tokens.current.kind == "word" and tokens.peek().text == "(":
            return self._call()
        return Path(self._reader.path())

    def _call(self) -> Call:
        function = self._tokens.advance().text
        self._reader.operator_count += 1
        self._tokens.expect_sign("(")
        operands = [self._operand()]
        while self._tokens.take_sign(","):
            operands.append(self._operand())
        self._tokens.expect_sign(")")
        call = Call(function, tuple(operands))
        self._check(call)
        return call

    def _check(self, call: Call) -> None:
        function, operands = call.function, call.operands
        arity = UPDATE_ARITY.get(function)
        if arity is None:
            self._reader.note("unknown function", strange_to_updates(function))
        elif arity != len(operands):
            self._reader.note(
                "function",
                "Incorrect number of operands for operator or function; "
                f"operator or function: {function}, number of operands: {len(operands)}",
            )
        elif function == "if_not_exists":
            if not isinstance(operands[0], Path):
                self._reader.note(
                    "function",
                    "Operator or function requires a document path; "
                    f"operator or function: {function}",
                )
        elif any(isinstance(part, Call) and part.function == function for part in operands):
            self._reader.note(
                "misuse",
                "The function is not allowed to be used this way in an expression; "
                f"function: {function}",
            )


def placeholder_of(action: Action) -> str:
    """Return the placeholder of an ADD or DELETE."""
    assert isinstance(action.operand, Placeholder), "ADD and DELETE take a placeholder"
    return action.operand.name
