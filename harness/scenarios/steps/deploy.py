"""deploy: a setting of a function or mapping changes, as a deployment would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.errors import HarnessError, UnsupportedError
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.nodes import Mapping as MappingNode
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Deploy(Step):
    """Change settings of a function (`Timeout`, `Environment` ...) or mapping (`BatchSize` ...)."""

    resource: Annotated[str, "the logical id of the function or event source mapping"]
    settings: Annotated[dict[str, Any], "the new values, in AWS's words and units"]

    @override
    def run(self, run: Run) -> None:
        """Deploy them."""
        deploy(run, self.resource, self.settings, self.where("resource"), self.where("settings"))


def deploy(
    run: Run, name: str, settings: Mapping[str, Any], name_node: AnyNode, settings_node: AnyNode
) -> None:
    """Change *settings* of the function or mapping called *name*."""
    target = run.deployable(name, name_node)
    try:
        run.world.deploy(target.logical_id, **settings)
    except UnsupportedError:
        raise
    except HarnessError as error:
        node = _place(settings_node, getattr(error, "setting", ""))
        raise run.broken(node, f"cannot deploy {name!r}: {error}") from error


def _place(settings: AnyNode, name: str) -> AnyNode:
    """Return the key of the setting that is to blame, if there is one."""
    entries = settings.entries if isinstance(settings, MappingNode) else ()
    return next((key for key, _ in entries if key.value == name), settings)
