"""The certificate: runs every variant in processes of its own and compares what they say."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.certification.digests import Digests, from_json, from_junit
from harness.certification.variant import VARIANTS, Variant, command
from harness.errors import HarnessError


@dataclass(frozen=True, slots=True)
class Difference:
    """A scenario that came out differently, and in which variants."""

    name: str
    digests: tuple[tuple[str, str], ...]
    """Variant and digest; ``missing`` where it was not run."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the comparison has shown."""

    variants: tuple[str, ...]
    scenario_count: int
    differences: tuple[Difference, ...]


def certify(files: Sequence[Path], on_variant: Callable[[Variant], None]) -> Certificate:
    """Run *files* in every variant; *on_variant* hears of each before it begins."""
    absolute = [file.resolve() for file in files]
    variants = [each for each in VARIANTS if not each.uses_pytest or find_spec("pytest")]
    found: dict[str, Digests] = {}
    with TemporaryDirectory() as folder:
        for index, variant in enumerate(variants):
            on_variant(variant)
            report = Path(folder) / f"{index}.report"
            found[variant.name] = _run(variant, absolute, report, Path(folder))
    return compare(found)


def compare(found: dict[str, Digests]) -> Certificate:
    """Return the certificate for what each variant found."""
    names = list(dict.fromkeys(name for digests in found.values() for name in digests))
    differences = []
    for name in names:
        seen = tuple((variant, digests.get(name, "missing")) for variant, digests in found.items())
        if len({digest for _, digest in seen}) > 1:
            differences.append(Difference(name, seen))
    return Certificate(tuple(found), len(names), tuple(differences))


def _run(variant: Variant, files: list[Path], report: Path, elsewhere: Path) -> Digests:
    environment = {**os.environ, "PYTHONHASHSEED": str(variant.hash_seed)}
    own = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(
        filter(None, (str(Path.cwd()), own, environment.get("PYTHONPATH")))
    )
    finished = subprocess.run(  # noqa: S603 - our own command line
        command(variant, sys.executable, files, report),
        env=environment,
        cwd=elsewhere if variant.elsewhere else None,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not report.is_file():
        said = (finished.stdout + finished.stderr).strip().splitlines()[-10:]
        raise HarnessError(f"{variant.name} left no report; it said: {' / '.join(said)}")
    return from_junit(report) if variant.uses_pytest else from_json(report)
