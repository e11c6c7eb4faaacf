"""A small project in a folder of its own, and the command line pointed at it."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.cli.main import main

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Inbox:
    Type: AWS::SQS::Queue
  Files:
    Type: AWS::S3::Bucket
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  Handle:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.11
      CodeUri: src/
      Handler: wicked.handler
      Timeout: 20
      Environment: {Variables: {ORDERS: !Ref Orders}}
"""

HANDLER = """\
def handler(event, context):
    return {"ok": True}
"""

SCENARIO = """\
title: The function answers
when:
  - invoke: {function: Handle, event: {}, as: answer}
then:
  - answer: {of: answer, has: {payload: {ok: true}}}
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    output: str
    """Standard output and error, in this order."""

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()


class Project:
    """A template, a handler, a world file and scenarios."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.write("template.yaml", TEMPLATE)
        self.write("src/wicked.py", HANDLER)
        self.write("scenarios/world.yaml", "template: ../template.yaml\n")

    def write(self, name: str, text: str) -> Path:
        """Write a file, and the folders above it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def handler(self, text: str) -> None:
        """Write the function's module."""
        self.write("src/wicked.py", text)

    def run(self, *words: str) -> Ended:
        """Give the command line *words*, in this process."""
        code = 0
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("sys.argv", ["harness", *words])
            patched.chdir(self.folder)
            patched.setenv("COLUMNS", "200")
            self._capsys.readouterr()
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        written = self._capsys.readouterr()
        return Ended(code, written.out + written.err)

    def run_scenario(self, text: str = SCENARIO, *words: str) -> Ended:
        """Run one scenario that says *text*."""
        self.write("scenarios/it.yaml", text)
        return self.run("run", "scenarios/it.yaml", *words)
