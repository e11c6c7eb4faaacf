"""deploy: a setting of a function or mapping changes, as a deployment would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.errors import HarnessError
from harness.kernel.instant import in_seconds
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.durations import parse_duration
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Deploy(Step):
    """Change settings of a function (`Environment`, `Timeout`, ...) or mapping (`BatchSize`, ...)."""

    resource: Annotated[str, "the logical id of the function or event source mapping"]
    settings: Annotated[dict[str, Any], "the new values; seconds, or a duration with its unit"]

    @override
    def run(self, run: Run) -> None:
        """Deploy them."""
        deploy(run, self.resource, self.settings, self.where("resource"), self.where("settings"))


def deploy(
    run: Run, name: str, settings: Mapping[str, Any], name_node: AnyNode, settings_node: AnyNode
) -> None:
    """Change *settings* of the function or mapping called *name*."""
    target = run.deployable(name, name_node)
    values = {setting: _value(value) for setting, value in settings.items()}
    try:
        run.world.deploy(target.logical_id, **values)
    except (TypeError, ValueError, LookupError, HarnessError) as error:
        raise run.broken(settings_node, f"cannot deploy {name!r}: {error}") from error


def _value(value: Any) -> Any:
    duration = parse_duration(value) if isinstance(value, str) else None
    # Templates count these in seconds, and so does a deployment.
    return value if duration is None else in_seconds(duration)
