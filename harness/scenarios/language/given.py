"""Given: how the world is before anything happens."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.fakehttp.recordedanswers import answers_from
from harness.scenarios.documents.nodes import AnyNode, Mapping, Sequence
from harness.scenarios.payload import Payload, read_file
from harness.scenarios.plainitems import typed_item
from harness.scenarios.run import Run
from harness.scenarios.shapes.written import Written
from harness.scenarios.steps.deploy import deploy
from harness.scenarios.steps.inject import Inject
from harness.services.base.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Given(Written):
    """How the world is before the first step.

    Settings come first, then partners, items and objects; the world settles; faults come last.
    """

    settings: Annotated[
        dict[str, dict[str, Any]] | None, "logical id of a function or mapping: changed settings"
    ] = None
    partners: Annotated[
        dict[str, dict[str, Any]] | None, "partner: the state it takes, in its own words"
    ] = None
    answers: Annotated[
        dict[str, str] | None, "partner: a file of answers that it gave once, JSON in each line"
    ] = None
    items: Annotated[dict[str, list[dict[str, Any]]] | None, "table: plain items"] = None
    objects: Annotated[
        dict[str, dict[str, Payload]] | None, "bucket: object key: its content, as in put_object"
    ] = None
    generated: Annotated[
        dict[str, dict[str, Any]] | None,
        "name: a `generator` of the world file and its options; steps use it by the name",
    ] = None
    shard_limits: Annotated[
        bool | None,
        "true: streams take and give no more than their shards do on AWS; else what they are given",
    ] = None
    faults: Annotated[list[Inject] | None, "what goes wrong from the first step on"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse generated content without a generator."""
        for name, options in (self.generated or {}).items():
            if "generator" not in options:
                return self._entry("generated", name), "the key 'generator' is missing"
        return None

    def prepare(self, run: Run) -> None:
        """Bring the world into this state, but for the faults."""
        if self.shard_limits is not None:
            run.world.kinesis.has_shard_limits = self.shard_limits
        for name, settings in (self.settings or {}).items():
            place = self._entry("settings", name)
            deploy(run, name, settings, place, place)
        for name, state in (self.partners or {}).items():
            self._load(run, name, state)
        for name, file in (self.answers or {}).items():
            self._repeat(run, name, file)
        for name, options in (self.generated or {}).items():
            run.generator(str(options["generator"]), self._entry("generated", name))
        for name, items in (self.items or {}).items():
            self._put(run, name, items)
        for name, objects in (self.objects or {}).items():
            bucket = run.bucket(name, self._entry("objects", name))
            for key, payload in objects.items():
                body = payload.content(run)
                run.world.call(
                    "s3", "PutObject", {"Bucket": bucket.name, "Key": key, "Body": body}
                )

    def _put(self, run: Run, name: str, items: list[dict[str, Any]]) -> None:
        table = run.table(name, self._entry("items", name))
        for position, item in enumerate(items):
            parameters = {"TableName": table.name, "Item": typed_item(item)}
            try:
                run.world.call("dynamodb", "PutItem", parameters)
            except ServiceError as error:
                place = self._item(name, position)
                raise run.broken(place, f"AWS refuses it: {error}") from error

    def _item(self, name: str, position: int) -> AnyNode:
        """Return the node of an item of the table *name*."""
        section = self.where("items")
        listed = section.get(name) if isinstance(section, Mapping) else None
        return listed.items[position] if isinstance(listed, Sequence) else section

    @property
    def stirs(self) -> bool:
        """Whether it sets anything in motion that has to come to rest first."""
        return bool(self.items or self.objects)

    def inject(self, run: Run) -> None:
        """Let the faults strike from now on."""
        for fault in self.faults or ():
            fault.run(run)

    def _load(self, run: Run, name: str, state: dict[str, Any]) -> None:
        place = self._entry("partners", name)
        partner = run.partner(name, place)
        try:
            partner.load(state)
        except ValueError as error:
            raise run.broken(place, str(error)) from error

    def _repeat(self, run: Run, name: str, file: str) -> None:
        place = self._entry("answers", name)
        partner = run.partner(name, place)
        try:
            answers = list(answers_from(read_file(file, place, run).decode()))
        except ValueError as error:
            raise run.broken(place, f"{file}: {error}") from error
        partner.repeat(answers)

    def _entry(self, key: str, name: str) -> AnyNode:
        """Return the node of the word *name* below *key*."""
        section = self.where(key)
        if isinstance(section, Mapping):
            for word, _ in section.entries:
                if str(word.value) == name:
                    return word
        return section
