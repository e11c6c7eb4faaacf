"""The environments of every function that are not at work: taken for an invocation, kept after it."""

from collections.abc import Callable
from functools import partial

from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.runtime.executionenvironment import ExecutionEnvironment
from harness.runtime.function import Function
from harness.runtime.processenvironment import process_environment
from harness.sandbox.place import Place
from harness.sandbox.temporaryfiles import TemporaryFiles
from harness.services.base.identity import Identity


class EnvironmentPool:
    """Makes environments, and lets them wait between invocations."""

    def __init__(
        self,
        *,
        entropy: Entropy,
        identifiers: Identifiers,
        identity: Identity,
        write_line: Callable[[Function, str], None],
        progress: Callable[[], int],
    ) -> None:
        self._entropy = entropy
        self._identifiers = identifiers
        self._identity = identity
        self._write_line = write_line
        self._progress = progress
        self._idle: dict[str, list[ExecutionEnvironment]] = {}
        self._made: dict[str, int] = {}
        self._left: dict[str, list[TemporaryFiles]] = {}
        """What environments whose process has ended have in /tmp: it is the next one's."""

    def take(self, function: Function) -> ExecutionEnvironment:
        """Return the environment that was used last, or a new one."""
        idle = self._idle.get(function.name)
        return idle.pop() if idle else self._make(function)

    def keep(self, environment: ExecutionEnvironment) -> None:
        """Let *environment* wait for its next invocation."""
        environment.freeze()
        self._idle.setdefault(environment.function.name, []).append(environment)

    def idle(self, function_name: str) -> list[ExecutionEnvironment]:
        """Return the environments that wait for a function."""
        return list(self._idle.get(function_name, ()))

    def drop(self, function_name: str) -> None:
        """End the environments that wait for a function: its code has been replaced."""
        for environment in self._idle.pop(function_name, []):
            environment.end()
            environment.place.temporary.remove()

    def leave(self, environment: ExecutionEnvironment) -> None:
        """Let the next environment of a function find the files of one that has ended."""
        name = environment.function.name
        self._left.setdefault(name, []).append(environment.place.temporary)

    def drop_all(self) -> None:
        """End every environment that waits, and leave nothing of any."""
        for function_name in list(self._idle):
            self.drop(function_name)
        for left in self._left.values():
            for files in left:
                files.remove()
        self._left.clear()

    def _make(self, function: Function) -> ExecutionEnvironment:
        number = self._made.get(function.name, 0) + 1
        self._made[function.name] = number
        name = f"{function.logical_id}#{number}"
        log_stream = self._identifiers.hexadecimal("log-stream", 32)
        place = Place(
            name,
            code=function.code,
            environment=process_environment(function, self._identity),
            chance=self._entropy.branch(f"place.{name}"),
            write_line=partial(self._write_line, function),
            temporary=self._left[function.name].pop() if self._left.get(function.name) else None,
        )
        return ExecutionEnvironment(function, place, number, log_stream, self._progress)
