"""Builders for the template tests."""

from pathlib import Path
from textwrap import dedent, indent

from harness.services.base.identity import Identity
from harness.world.template.reader import read_topology
from harness.world.topology import Topology

SAM = "Transform: AWS::Serverless-2016-10-31\n"


class Project:
    """A folder with a template and some code; errors call the template by *path*."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "template.yaml"
        (folder / "src").mkdir(exist_ok=True)

    def read(self, text: str, **parameters: str) -> Topology:
        """Return the topology of the template *text*."""
        self.path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return read_topology(self.path, parameters, identity=Identity())

    def read_missing(self) -> Topology:
        """Read a template that is not there."""
        return read_topology(self.path, {}, identity=Identity())

    def read_resources(self, text: str, **parameters: str) -> Topology:
        """Return the topology of a SAM template with the resources in *text*, from line 3 on."""
        return self.read(f"{SAM}Resources:\n{indent(dedent(text).lstrip(), '  ')}", **parameters)


def a_function(events: str = "", more: str = "") -> str:
    """Return a function ``Fn`` of ten seconds; its events start in line 9 when it comes first."""
    text = """\
Fn:
  Type: AWS::Serverless::Function
  Properties:
    Handler: app.handler
    Runtime: python3.11
    CodeUri: src
"""
    if more:
        text += indent(dedent(more).strip("\n"), "    ") + "\n"
    if events:
        text += "    Events:\n" + indent(dedent(events).strip("\n"), "      ") + "\n"
    return text


def first_line(error: BaseException) -> str:
    """Return what an error says before it shows the offending line."""
    return str(error).partition("\n")[0]
