"""Tokens of an expression, and the syntax error that names the one that does not fit."""

import re
from typing import NamedTuple, NoReturn

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.errors import validation

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<word>[A-Za-z][A-Za-z0-9_]*)|(?P<name>#[A-Za-z0-9_]+)"
    r"|(?P<value>:[A-Za-z0-9_]+)|(?P<number>[0-9]+)|(?P<sign><>|<=|>=|[=<>+\-,.()\[\]_])"
)
EXPRESSION_SIZE_MAX = 4096
_END = "<EOF>"


class Token(NamedTuple):
    """One token: its kind (word, name, value, number, sign, end), its text and where it stands."""

    kind: str
    text: str
    start: int
    stop: int


class Tokens:
    """The tokens of one expression, read from left to right."""

    def __init__(self, parameter: str, expression: str) -> None:
        self.parameter = parameter
        """``UpdateExpression``, ``ConditionExpression`` ...: the prefix of every message."""
        self.expression = expression
        self._tokens: list[Token] = []
        self._index = 0
        self._check_size()
        self._tokenise()
        self.current = self._tokens[0]

    def advance(self) -> Token:
        """Return the current token and move on to the next."""
        token = self.current
        if token.kind != "end":
            self._index += 1
            self.current = self._tokens[self._index]
        return token

    def peek(self) -> Token:
        """Return the token after the current one."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def position(self) -> int:
        """Return where the reader stands, for `rewind`."""
        return self._index

    def rewind(self, position: int) -> None:
        """Go back to an earlier *position*."""
        self._index = position
        self.current = self._tokens[position]

    def is_sign(self, text: str) -> bool:
        """Return whether the current token is the sign *text*."""
        return self.current.kind == "sign" and self.current.text == text

    def is_keyword(self, keyword: str) -> bool:
        """Return whether the current token is *keyword* in any case."""
        return self.current.kind == "word" and self.current.text.upper() == keyword

    def take_sign(self, text: str) -> bool:
        """Skip the sign *text* if it is the current token; return whether it was."""
        if self.is_sign(text):
            self.advance()
            return True
        return False

    def take_keyword(self, keyword: str) -> bool:
        """Skip *keyword* if it is the current token; return whether it was."""
        if self.is_keyword(keyword):
            self.advance()
            return True
        return False

    def expect_sign(self, text: str) -> None:
        """Skip the sign *text*, which must be the current token."""
        if not self.take_sign(text):
            self.fail()

    def expect_keyword(self, keyword: str) -> None:
        """Skip *keyword*, which must be the current token."""
        if not self.take_keyword(keyword):
            self.fail()

    def expect_end(self) -> None:
        """Raise the syntax error if anything is left."""
        if self.current.kind != "end":
            self.fail()

    def fail(self) -> NoReturn:
        """Raise the syntax error of the current token."""
        before = self._tokens[self._index - 1] if self._index else self.current
        if self.current.kind == "end":
            raise self.problem(f'Syntax error; token: "{_END}", near: "{before.text}"')
        after = self.peek()
        stop = after.stop if after.kind != "end" else self.current.stop
        near = self.expression[before.start : stop]
        raise self.problem(f'Syntax error; token: "{self.current.text}", near: "{near}"')

    def problem(self, detail: str) -> ServiceError:
        """Return the ``ValidationException`` of this expression."""
        return problem(self.parameter, detail)

    def _check_size(self) -> None:
        size = len(self.expression.encode())
        if size > EXPRESSION_SIZE_MAX:
            raise self.problem(
                f"Expression size has exceeded the maximum allowed size; expression size: {size}"
            )

    def _tokenise(self) -> None:
        position = 0
        text = self.expression
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                near = text[max(0, position - 1) : position + 2]
                raise self.problem(f'Syntax error; token: "{text[position]}", near: "{near}"')
            kind = match.lastgroup or "sign"
            if kind != "space":
                self._tokens.append(Token(kind, match.group(), match.start(), match.end()))
            position = match.end()
        if not self._tokens:
            raise self.problem("The expression can not be empty;")
        self._tokens.append(Token("end", _END, position, position))


def problem(parameter: str, detail: str) -> ServiceError:
    """Return the ``ValidationException`` of the expression given as *parameter*."""
    return validation(f"Invalid {parameter}: {detail}")
