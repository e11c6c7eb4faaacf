"""Tokens of an expression, and the syntax error that names the one that does not fit."""

import re
from typing import NamedTuple, NoReturn

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.errors import validation

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<word>[A-Za-z][A-Za-z0-9_]*)|(?P<name>#[A-Za-z0-9_]+)"
    r"|(?P<value>:[A-Za-z0-9_]+)|(?P<number>0|[1-9][0-9]*)|(?P<sign><>|<=|>=|[=<>+\-,.()\[\]])"
    r"""|(?P<literal>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<strange>.)""",
    re.DOTALL,
)
_KEYWORDS = frozenset({"SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "IN", "BETWEEN"})
"""In any expression and in any case; none of them names an attribute, not even out of its place."""
EXPRESSION_SIZE_MAX = 4096
_END = "<EOF>"


class Token(NamedTuple):
    """One token: its kind, its text and where it stands.

    Kinds: word, keyword, name, value, number, sign, end; a literal and what is strange fit nowhere.
    """

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

    def is_sign(self, text: str) -> bool:
        """Return whether the current token is the sign *text*."""
        return self.current.kind == "sign" and self.current.text == text

    def is_keyword(self, keyword: str) -> bool:
        """Return whether the current token is *keyword* in any case."""
        return self.current.kind == "keyword" and self.current.text.upper() == keyword

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
        start = self._tokens[self._index - 1].start if self._index else 0
        after = self.peek()
        stop = len(self.expression) if after.kind == "end" else after.stop
        near = self.expression[start:stop]
        raise self.problem(f'Syntax error; token: "{self.current.text}", near: "{near}"')

    def redundant_parentheses(self) -> ServiceError:
        """Return the fault of parentheses directly within parentheses."""
        return self.problem("The expression has redundant parentheses;")

    def problem(self, detail: str) -> ServiceError:
        """Return the ``ValidationException`` of this expression."""
        return problem(self.parameter, detail)

    def _check_size(self) -> None:
        size = len(self.expression.encode())
        if size > EXPRESSION_SIZE_MAX:
            # Of an update AWS does not tell it.
            told = "" if self.parameter == "UpdateExpression" else f" expression size: {size}"
            raise self.problem(f"Expression size has exceeded the maximum allowed size;{told}")

    def _tokenise(self) -> None:
        if not self.expression:
            raise self.problem("The expression can not be empty;")
        for match in _TOKEN.finditer(self.expression):
            kind, text = match.lastgroup or "strange", match.group()
            if kind == "space":
                continue
            if kind == "word" and text.upper() in _KEYWORDS:
                kind = "keyword"
            self._tokens.append(Token(kind, text, match.start(), match.end()))
        end = len(self.expression)
        self._tokens.append(Token("end", _END, end, end))


def problem(parameter: str, detail: str) -> ServiceError:
    """Return the ``ValidationException`` of the expression given as *parameter*."""
    return validation(f"Invalid {parameter}: {detail}")
