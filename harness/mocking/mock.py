"""`mock_aws`, spelled as moto's: change one import and a test suite runs on our engines.

Here, and nowhere else in the harness, the clock of the engines is the wall clock: `time.time`,
looked up at every call, so that freezegun and time-machine move it.  Visibility timeouts, delays,
time to live and retention follow it whenever a call is made, and a long poll really waits.
"""

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any, ParamSpec, Self, TypeVar, overload

from harness.gateway import clients, interceptor
from harness.gateway.defaultsession import DefaultSession
from harness.mocking.clock import Clock, WallClock
from harness.mocking.cloud import Cloud
from harness.mocking.credentials import FakeCredentials
from harness.mocking.decorating import decorate_class, decorated
from harness.mocking.ownsession import own_session
from harness.mocking.settings import Settings, settings_from
from harness.mocking.web import Web

P = ParamSpec("P")
T = TypeVar("T")


class _Process:
    """What all mocks of the process share: the cloud, and how many mocks are in force."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.depth = 0
        self.cloud: Cloud | None = None
        self.session: DefaultSession | None = None
        self.web: Web | None = None

    def open(self, clock: Clock | None, settings: Settings, *, reset: bool) -> None:
        """Let one more mock be in force; the outermost makes the cloud."""
        self.depth += 1
        if self.depth > 1:
            return
        if settings.reset_boto3_session:
            self.session = DefaultSession(own_session)
            self.session.install()
        if reset or self.cloud is None:
            self.cloud = Cloud(clock or WallClock(), settings.service_whitelist)
        interceptor.install(self.cloud)
        clients.install()
        self.web = Web(self.cloud)
        self.web.install()

    def close(self, *, remove_data: bool) -> None:
        """Let one mock less be in force."""
        self.depth -= 1
        if self.depth > 0:
            return
        assert self.cloud is not None, "an open process has a cloud"
        assert self.web is not None, "it is made with the cloud"
        self.web.remove()
        clients.remove()
        interceptor.remove(self.cloud)
        if self.session is not None:
            self.session.remove()
            self.session = None
        if remove_data:
            self.cloud = None


_PROCESS = _Process()


class MockAWS:
    """A mocked AWS account: a context manager, a decorator, or started and stopped by hand.

    Nested mocks share the account of the outermost; the account ends with it.
    """

    def __init__(
        self, config: Mapping[str, Any] | None = None, *, clock: Clock | None = None
    ) -> None:
        self._settings = settings_from(config)
        self._clock = clock
        self._credentials = FakeCredentials()

    def start(self, reset: bool = True) -> None:  # noqa: FBT001, FBT002 - moto's signature
        """Start the mock, with a fresh account if *reset* and no other mock is in force."""
        with _PROCESS.lock:
            if self._settings.mock_credentials:
                self._credentials.install()
            _PROCESS.open(self._clock, self._settings, reset=reset)

    def stop(self, remove_data: bool = True) -> None:  # noqa: FBT001, FBT002 - moto's signature
        """Stop the mock; RuntimeError unless it was started before."""
        with _PROCESS.lock:
            if _PROCESS.depth == 0:
                raise RuntimeError("Called stop() before start().")
            _PROCESS.close(remove_data=remove_data)
            if self._settings.mock_credentials:
                self._credentials.remove()

    def reset(self) -> None:
        """Empty the account, whoever else may be using it."""
        with _PROCESS.lock:
            if _PROCESS.cloud is not None:
                _PROCESS.cloud.reset()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __call__(self, decorated_object: Callable[P, T]) -> Callable[P, T]:
        """Decorate a function, a coroutine, a generator or a class."""
        if isinstance(decorated_object, type):
            decorate_class(decorated_object, self)
            return decorated_object
        return decorated(decorated_object, self)


@overload
def mock_aws(func: Callable[P, T]) -> Callable[P, T]: ...


@overload
def mock_aws(
    func: None = None, config: Mapping[str, Any] | None = None, *, clock: Clock | None = None
) -> MockAWS: ...


def mock_aws(
    func: Callable[P, T] | None = None,
    config: Mapping[str, Any] | None = None,
    *,
    clock: Clock | None = None,
) -> MockAWS | Callable[P, T]:
    """Return a mock, or *func* with one around it.

    *config* is moto's, as far as it means something here (see `harness.mocking.settings`);
    *clock* takes the place of the wall clock, for example a `harness.mocking.clock.VirtualClock`.
    """
    if func is not None:
        return MockAWS()(func)
    return MockAWS(config, clock=clock)
