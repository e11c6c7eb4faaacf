"""One seed, many branches."""

from harness.kernel.chooser import CalmChooser, SeededChooser, TapeChooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers


def test_a_draw_from_one_branch_does_not_move_another() -> None:
    """Switching one source of chance on leaves every other run as it was."""
    alone = Entropy(7)
    disturbed = Entropy(7)
    disturbed.branch("new").random()

    assert alone.branch("old").random() == disturbed.branch("old").random()


def test_another_seed_gives_other_numbers() -> None:
    """A seed is worth something."""
    assert Entropy(1).branch("x").random() != Entropy(2).branch("x").random()


def test_identifiers_look_like_version_4_uuids_and_repeat_with_the_seed() -> None:
    """AWS's request ids are UUIDs; two runs name things alike."""
    first = Identifiers(Entropy(3)).uuid("request")

    assert first == Identifiers(Entropy(3)).uuid("request")
    assert len(first) == 36
    assert first[14] == "4"
    assert first[19] in "89ab"


def test_a_tape_repeats_what_a_seed_drew() -> None:
    """Deviations are all there is to remember of a run."""
    seeded = SeededChooser(Entropy(11), odds=0.5)
    drawn = [seeded.choose("point", 4) for _ in range(50)]

    tape = TapeChooser(seeded.deviations)

    assert any(drawn)
    assert [tape.choose("point", 4) for _ in range(50)] == drawn


def test_the_calm_run_takes_the_ordinary_way_everywhere() -> None:
    """Zero is production's ordinary behaviour."""
    assert CalmChooser().choose("anything", 9) == 0
