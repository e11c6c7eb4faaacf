"""SQLite asks the machine for nothing."""

from pathlib import Path

import pytest

from harness.tests.world.opening import a_world

SOURCE = """\
import sqlite3

def asked(sql, path=":memory:"):
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute("create table if not exists t (a, made default current_timestamp)")
            connection.execute("insert into t (a) values (random())")
            return connection.execute(sql).fetchall()
    finally:
        connection.close()

def handler(event, context):
    return asked(*event)
"""


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("datetime('now'), datetime(), current_timestamp", ["2026-01-05 09:00:00"] * 3),
        ("made, made from t", ["2026-01-05 09:00:00"] * 2),
        ("date('now', '+1 month', 'start of month'), current_date", ["2026-02-01", "2026-01-05"]),
        ("strftime('%Y %s', 'now'), time('now')", ["2026 1767603600", "09:00:00"]),
        (
            "datetime('2020-01-01', '-1 day'), date(0, 'unixepoch')",
            ["2019-12-31 00:00:00", "1970-01-01"],
        ),
        ("datetime('nonsense'), date(null)", [None, None]),
        ("unixepoch('now'), round(julianday('now'), 3)", [1767603600, 2461045.875]),
    ],
)
def test_the_time_is_the_virtual_one_and_all_else_is_sqlites(
    sql: str, told: list[object], tmp_path: Path
) -> None:
    """A cold start takes a quarter of a second."""
    with a_world(tmp_path, SOURCE) as world:
        assert world.invoke("Handle", [f"select {sql}"]).payload == [told]


def test_chance_is_the_same_in_every_world(tmp_path: Path) -> None:
    """Whatever is drawn in SQL is drawn of the environment's own."""
    sql = "select a, random(), hex(randomblob(4)) from t order by random()"
    answers = []
    for _ in range(2):
        with a_world(tmp_path, SOURCE) as world:
            answers.append(world.invoke("Handle", [sql]).payload)

    assert answers[0] == answers[1]
    assert len({*answers[0][0]}) == 3


def test_a_database_in_tmp_is_gone_with_its_world(tmp_path: Path) -> None:
    """SQLite makes the file by itself."""
    path = "/tmp/harness-test.db"  # noqa: S108 - as handlers name it
    for _ in range(2):
        with a_world(tmp_path, SOURCE) as world:
            counts = [
                world.invoke("Handle", ["select count(*) from t", path]).payload for _ in "ab"
            ]
        assert counts == [[[1]], [[2]]]
    assert not Path(path).exists()
