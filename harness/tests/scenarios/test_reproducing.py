"""The command that makes a run happen again."""

from harness.scenarios.reproducing import reproduce_command


def test_the_command_names_what_is_not_the_ordinary() -> None:
    """Memory is where scenarios run if nothing is said."""
    assert reproduce_command("a.yaml", None, 0) == "harness run a.yaml --seed 0"
    assert reproduce_command("a b.yaml", "one two", 7, "moto") == (
        "harness run 'a b.yaml' -k 'one two' --seed 7 --backend moto"
    )
    assert reproduce_command("a.yaml", None, 0, "memory", ["users", "shop=redis:7"]) == (
        "harness run a.yaml --seed 0 --with users --with shop=redis:7"
    )
