"""The ways in which scenarios are run to see whether anything but the seed decides them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to run: what must make no difference differs."""

    name: str
    hash_seed: int
    """``PYTHONHASHSEED``: the order of sets and of much else."""
    worker_count: int = 1
    elsewhere: bool = False
    """Whether the working directory is another one."""
    reversed_order: bool = False
    uses_pytest: bool = False
    """Whether pytest runs them, with xdist where more than one worker is asked for."""


VARIANTS = (
    Variant("one process", hash_seed=1),
    Variant("another hash seed, another folder, reverse order", 2, 1, True, True),  # noqa: FBT003 - a table
    Variant("two processes", hash_seed=3, worker_count=2),
    Variant("pytest", hash_seed=4, uses_pytest=True),
    Variant("pytest with xdist", hash_seed=5, worker_count=2, uses_pytest=True),
)


def command(variant: Variant, python: str, files: list[Path], report: Path) -> list[str]:
    """Return the command line that runs *files* and leaves its digests in *report*."""
    names = [str(file) for file in (reversed(files) if variant.reversed_order else files)]
    if not variant.uses_pytest:
        workers = ["-n", str(variant.worker_count)]
        return [python, "-m", "harness", "run", *names, *workers, "--json", str(report)]
    spread = ["-n", str(variant.worker_count)] if variant.worker_count > 1 else ["-p", "no:xdist"]
    quiet = ["-q", "-p", "no:cacheprovider", "-o", "junit_family=xunit1"]
    return [python, "-m", "pytest", *quiet, *spread, f"--junit-xml={report}", *names]
