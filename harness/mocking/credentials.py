"""Credentials that open nothing, in the environment while a mock lasts.

Their values are moto's, so that a suite that looks at them finds what it expects.
"""

import os

FAKE = {"AWS_ACCESS_KEY_ID": "FOOBARKEY", "AWS_SECRET_ACCESS_KEY": "FOOBARSECRET"}


class FakeCredentials:
    """Puts the fake credentials in the environment, and what was there before back again."""

    def __init__(self) -> None:
        self._outer: list[dict[str, str | None]] = []

    def install(self) -> None:
        """Set them; may be done several times, and is undone as often."""
        self._outer.append({name: os.environ.get(name) for name in FAKE})
        os.environ.update(FAKE)

    def remove(self) -> None:
        """Restore what the last `install` has found."""
        for name, value in self._outer.pop().items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
