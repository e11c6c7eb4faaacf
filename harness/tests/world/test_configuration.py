"""The world file."""

from pathlib import Path

import pytest

from harness.errors import ScenarioError
from harness.kernel.instant import Instant, milliseconds, seconds
from harness.tests.world.template.templates import first_line
from harness.world.configuration import (
    ContainerConfiguration,
    PartnerConfiguration,
    WorldConfiguration,
    find_configuration,
    read_configuration,
)


@pytest.fixture
def world_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a path for a world file beside a template, in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "template.yaml").write_text("Resources: {}")
    return tmp_path / "world.yaml"


def test_every_setting_is_read(world_file: Path) -> None:
    """Paths are resolved against the file, parameters are texts as they were written."""
    world_file.write_text("""
template: template.yaml
start: 2026-01-05T10:00:00+01:00
parameters: {Url: "https://campaigns.test", Count: 007, On: true, Zones: [a, b]}
partners:
  slack: {application: "fixtures.slack:Slack", url: "https://hooks.test/", latency: 200ms}
  users:
    application: "fixtures.users:Users"
    url: "http://users.test/v1"
    options: {rate: 0.5}
    container: {image: "redis:7", port: 6379, option: cache, url: "redis://{address}", command: serve}
generators: {fans: "fixtures.fans:scored_file"}
invariants: ["fixtures.invariants:nothing_lost"]
""")

    assert read_configuration(world_file) == WorldConfiguration(
        template=world_file.parent / "template.yaml",
        path=world_file,
        start=Instant(seconds(1_767_603_600)),
        parameters={"Url": "https://campaigns.test", "Count": "007", "On": "true", "Zones": "a,b"},
        partners=(
            PartnerConfiguration(
                "slack", "fixtures.slack:Slack", "https://hooks.test", milliseconds(200)
            ),
            PartnerConfiguration(
                "users",
                "fixtures.users:Users",
                "http://users.test/v1",
                options={"rate": 0.5},
                container=ContainerConfiguration(
                    "redis:7", 6379, "cache", "redis://{address}", "serve"
                ),
            ),
        ),
        generators={"fans": "fixtures.fans:scored_file"},
        invariants=("fixtures.invariants:nothing_lost",),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("start: x", "world.yaml:1:1: world file: 'template' is missing"),
        ("template: t.yaml", "world.yaml:1:11: world file: there is no template 't.yaml'"),
        (
            "template: template.yaml\npartnesr: {}",
            "world.yaml:2:1: world file: unknown property 'partnesr'; did you mean 'partners'?",
        ),
        (
            "template: template.yaml\nstart: 2026-01-05",
            (
                "world.yaml:2:8: world file: 'start' must be an instant such as "
                "2026-01-05T09:00:00Z, not '2026-01-05'"
            ),
        ),
        (
            "template: template.yaml\nparameters: {A: {b: c}}",
            "world.yaml:2:17: world file: parameter 'A' must be a text",
        ),
        (
            "template: template.yaml\npartners: {a: {url: 'https://a.test'}}",
            "world.yaml:2:15: world file: partner 'a': 'application' is missing",
        ),
        (
            "template: template.yaml\npartners: {a: {url: nowhere, application: 'a:B'}}",
            (
                "world.yaml:2:21: world file: partner 'a': 'url' must be a URL such as "
                "'https://hooks.slack.com', not 'nowhere'"
            ),
        ),
        (
            "template: template.yaml\npartners: {a: {url: 'http://a', application: a.B}}",
            (
                "world.yaml:2:46: world file: partner 'a': 'application' must name "
                "'package.module:object', not 'a.B'"
            ),
        ),
        (
            (
                "template: template.yaml\n"
                "partners: {a: {url: 'http://a', application: 'a:B', latency: soon}}"
            ),
            (
                "world.yaml:2:62: world file: partner 'a': 'latency' must be "
                "a duration such as 200ms, 30s, 5m or 1h, not 'soon'"
            ),
        ),
        (
            (
                "template: template.yaml\n"
                "partners: {a: {url: 'http://a', application: 'a:B', container: {image: x}}}"
            ),
            "world.yaml:2:64: world file: container of partner 'a': 'port' is missing",
        ),
        (
            (
                "template: template.yaml\n"
                "partners: {a: {url: 'http://a', application: 'a:B', container: {image: x, port: 1, "
                "option: b, url: 'x://'}}}"
            ),
            (
                "world.yaml:2:100: world file: container of partner 'a': 'url' must be a URL with "
                "{address} in it, such as 'mongodb://{address}', not 'x://'"
            ),
        ),
        (
            "template: template.yaml\ninvariants: [nothing lost]",
            (
                "world.yaml:2:14: world file: 'invariants' must name "
                "'package.module:object', not 'nothing lost'"
            ),
        ),
    ],
)
def test_a_broken_world_file_is_an_error(world_file: Path, text: str, message: str) -> None:
    """With file, line, column, and what was expected."""
    world_file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        read_configuration(world_file)

    assert first_line(caught.value) == message


def test_a_missing_world_file_is_an_error(world_file: Path) -> None:
    """The operating system says why."""
    expected = r"^world\.yaml:1:1: cannot read the world file: no such file or directory$"
    with pytest.raises(ScenarioError, match=expected):
        read_configuration(world_file)


def test_the_nearest_world_file_upwards_is_found(tmp_path: Path) -> None:
    """A scenario finds its own first, a command in the project's root finds the scenarios'."""
    deep = tmp_path / "scenarios" / "stream" / "deep"
    deep.mkdir(parents=True)
    assert find_configuration(deep) is None

    world = tmp_path / "scenarios" / "world.yaml"
    world.touch()
    assert find_configuration(deep / "a.yaml") == world
    assert find_configuration(tmp_path) == world

    nearer = tmp_path / "scenarios" / "stream" / "world.yaml"
    nearer.touch()
    assert find_configuration(deep) == nearer
