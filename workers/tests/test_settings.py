"""Settings out of the environment."""

import re
from typing import get_type_hints

import pytest
from msgspec.structs import asdict

from workers.errors import PermanentError
from workers.settings import Settings, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    """No retry, three ranks, half a minute."""
    settings = read_settings({})

    assert settings.max_retry_count == 0
    assert settings.max_rank == 2
    assert settings.requeue_delay_seconds == 30
    assert settings.claim_seconds == 120
    assert settings.write_concurrency == 16
    assert settings.http_timeout_seconds == 10
    assert settings.put_records_per_second == 0
    assert settings.demand_table == "demandTable"


def test_every_variable_finds_its_setting() -> None:
    """The last slash of an address is left out: paths begin with one."""
    numbers = [name for name, kind in get_type_hints(Settings).items() if kind in (int, float)]
    texts = [name for name in Settings.__struct_fields__ if name not in numbers]
    expected: dict[str, object] = {name: number for number, name in enumerate(numbers, start=1)}
    expected |= {name: f"https://{name}.test" for name in texts}
    environment = {name.upper(): str(value) for name, value in expected.items()}
    for name in ("CAMPAIGN_SERVICE_URL", "ENTRY_SERVICE_URL", "USER_SERVICE_URL", "TELESIGN_URL"):
        environment[name] += "/"

    assert asdict(read_settings(environment)) == expected


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAX_RETRY_COUNT", "many", "MAX_RETRY_COUNT is not a whole number"),
        ("MAX_RANK", "-1", "MAX_RANK is not from 0 to 63"),
        ("MAX_RANK", "64", "MAX_RANK is not from 0 to 63"),
        ("MAX_RETRY_COUNT", "-1", "MAX_RETRY_COUNT is not from 0 to 10"),
        ("MAX_RETRY_COUNT", "11", "MAX_RETRY_COUNT is not from 0 to 10"),
        ("REQUEUE_DELAY_SECONDS", "-1", "REQUEUE_DELAY_SECONDS is not from 0 to 900"),
        ("REQUEUE_DELAY_SECONDS", "901", "REQUEUE_DELAY_SECONDS is not from 0 to 900"),
        ("CLAIM_SECONDS", "0", "CLAIM_SECONDS is not from 1 to 3600"),
        ("CLAIM_SECONDS", "3601", "CLAIM_SECONDS is not from 1 to 3600"),
        ("WRITE_CONCURRENCY", "0", "WRITE_CONCURRENCY is not from 1 to 256"),
        ("WRITE_CONCURRENCY", "257", "WRITE_CONCURRENCY is not from 1 to 256"),
        ("HTTP_TIMEOUT_SECONDS", "0", "HTTP_TIMEOUT_SECONDS is not from 1 to 60"),
        ("HTTP_TIMEOUT_SECONDS", "61", "HTTP_TIMEOUT_SECONDS is not from 1 to 60"),
        ("PUT_RECORDS_PER_SECOND", "-1", "PUT_RECORDS_PER_SECOND is not from 0 to 1000000"),
        ("PUT_RECORDS_PER_SECOND", "1000001", "PUT_RECORDS_PER_SECOND is not from 0 to 1000000"),
    ],
)
def test_a_wrong_number_is_named(name: str, value: str, message: str) -> None:
    """The value is left out: some are secrets."""
    with pytest.raises(PermanentError, match=rf"^{re.escape(message)}$"):
        read_settings({name: value})


def test_settings_do_not_show_their_values() -> None:
    """They may end in a traceback."""
    assert "t0ken" not in repr(read_settings({"SERVICE_TOKEN": "t0ken"}))
