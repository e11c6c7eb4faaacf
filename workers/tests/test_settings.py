"""Settings out of the environment."""

import re

import pytest

from workers.errors import PermanentError
from workers.settings import read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    """No retry, three ranks, half a minute."""
    settings = read_settings({})

    assert settings.max_retry_count == 0
    assert settings.max_rank == 2
    assert settings.requeue_delay_seconds == 30
    assert settings.demand_table == "demandTable"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAX_RETRY_COUNT", "many", "MAX_RETRY_COUNT is not a whole number"),
        ("MAX_RANK", "-1", "MAX_RANK is not from 0 to 63"),
        ("REQUEUE_DELAY_SECONDS", "901", "REQUEUE_DELAY_SECONDS is not from 0 to 900"),
    ],
)
def test_a_wrong_number_is_named(name: str, value: str, message: str) -> None:
    """The value is left out: some are secrets."""
    with pytest.raises(PermanentError, match=rf"^{re.escape(message)}$"):
        read_settings({name: value})


def test_settings_do_not_show_their_values() -> None:
    """They may end in a traceback."""
    assert "t0ken" not in repr(read_settings({"SERVICE_TOKEN": "t0ken"}))
