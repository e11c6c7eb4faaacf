"""A campaign of another team: orders that arrive on a queue, on the template of ``foreign``."""

from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

FOREIGN = Path(__file__).parents[1] / "foreign"

ARRIVALS = """\
  - at: 0s
    send_message: {queue: IncomingQueue, body: {orderId: o-1, articles: [cup]}}
  - at: 2h
    send_message: {queue: IncomingQueue, body: {orderId: o-2, articles: [cup, plate]}}
"""


def a_campaign(folder: Path, arrivals: str = ARRIVALS, more: str = "") -> Path:
    """Write a campaign into *folder* and return the folder."""
    text = f"title: Two orders\nworld: {FOREIGN / 'world.yaml'}\n{more}arrivals:\n{arrivals}"
    (folder / "campaign.yaml").write_text(text)
    return folder


def a_world_with_generator(folder: Path, target: str) -> Path:
    """Write a world file of the same template with a generator ``made``; return its path."""
    path = folder / "world.yaml"
    path.write_text(
        f"template: {FOREIGN / 'template.yaml'}\n"
        "parameters: {ApiToken: not-a-real-token}\n"
        f"generators: {{made: '{target}'}}\n"
    )
    return path


def answer(_environ: WSGIEnvironment, start_response: StartResponse, /) -> Iterable[bytes]:
    """Be a partner without a state."""
    start_response("204 No Content", [])
    return []
