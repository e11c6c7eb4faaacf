"""Update: the runs of all cases -> the file's new text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from shutil import copymode

from harness.results.problem import Problem
from harness.scenarios.checking import Checked
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import InvalidScenarioError, problem_at
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.expectations.expectation import Objection
from harness.scenarios.loader import load_source
from harness.scenarios.runner import CaseRun
from harness.scenarios.scenario import Scenario
from harness.scenarios.updating.edit import Edit, apply, overlap
from harness.scenarios.updating.rewriting import RefusedError, Rewriter, VariablePolicy
from harness.scenarios.updating.writing import Writer
from harness.scenarios.variables import mentions_in


@dataclass(frozen=True, slots=True)
class Update:
    """A file's new text, and what could not be written back."""

    text: str
    refused: tuple[Problem, ...]


def updated(scenario: Scenario, runs: Sequence[CaseRun]) -> Update:
    """Return *scenario*'s text with what *runs* saw in place of what they expected.

    The runs are those of all its cases.  An expectation that several cases share changes only if
    all of them want the same.
    """
    rewriter = Rewriter(Writer(scenario.root), _policy(scenario, runs))
    writer = Writer(scenario.root)
    accepted: list[Edit] = []
    refused: list[Problem] = []
    for entry in _entries(runs):
        if entry.source is not scenario.source:
            if not _holds(entry, runs):
                refused.append(problem_at(entry, f"not updated: {scenario.path} only includes it"))
            continue
        try:
            wishes = [_wishes(entry, run, rewriter, writer) for run in runs]
        except RefusedError as refusal:
            refused.append(problem_at(refusal.node, f"not updated: {refusal.reason}"))
            continue
        edits = _agreed(scenario, wishes)
        if edits is None:
            refused.append(problem_at(entry, "not updated: the cases want different values here"))
        elif overlap([*accepted, *edits]):
            refused.append(
                problem_at(entry, "not updated: another expectation wants the same text")
            )
        else:
            accepted += edits
    text = apply(scenario.source.text, accepted)
    _check(scenario, text)
    return Update(text, tuple(refused))


def write_update(scenario: Scenario, update: Update) -> bool:
    """Write the new text if it is one; return whether the file has changed."""
    if update.text == scenario.source.text:
        return False
    text = scenario.source.byte_order_mark + update.text
    path = scenario.source.path.resolve()
    # A file of its own first: whatever interrupts the writing, the author's text is still there.
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode())
        copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _policy(scenario: Scenario, runs: Sequence[CaseRun]) -> VariablePolicy:
    mentions: Counter[str] = Counter()
    then = scenario.root.get("then")
    if then is not None:
        mentions.update(mentions_in(then))
    for section in ("variables", "cases"):
        node = scenario.root.get(section)
        if node is not None:
            mentions.update(mentions_in(node))
    return VariablePolicy(has_cases=len(runs) > 1, inputs=scenario.input_names, mentions=mentions)


def _entries(runs: Iterable[CaseRun]) -> list[AnyNode]:
    """Return every expectation that was looked at, in the order of the file."""
    found = {_span(checked.entry): checked.entry for run in runs for checked in run.checked}
    return [found[span] for span in sorted(found)]


def _holds(entry: AnyNode, runs: Sequence[CaseRun]) -> bool:
    return all(
        checked.holds
        for run in runs
        for checked in run.checked
        if _span(checked.entry) == _span(entry)
    )


def _span(entry: AnyNode) -> tuple[str, int, int]:
    return entry.source.shown_path, entry.start, entry.end


def _wishes(entry: AnyNode, run: CaseRun, rewriter: Rewriter, writer: Writer) -> list[Edit]:
    """Return the edits that *run* wants in *entry*."""
    edits: list[Edit] = []
    for checked in run.checked:
        if _span(checked.entry) == _span(entry):
            edits += _edits(checked, rewriter, writer)
    return edits


def _edits(checked: Checked, rewriter: Rewriter, writer: Writer) -> list[Edit]:
    finding = checked.finding
    if not isinstance(finding, Objection):
        return rewriter.edits(finding.pattern, finding.seen)
    reworded = finding.rewording
    if reworded is None:
        raise RefusedError(finding.node, f"{finding.what} cannot be written back")
    return [writer.reword(reworded.start, reworded.end, reworded.key, reworded.value)]


def _agreed(scenario: Scenario, wishes: list[list[Edit]]) -> list[Edit] | None:
    """Return what all cases want of shared text and what each wants of its own; None if they differ."""
    own: list[Edit] = []
    shared: list[frozenset[Edit]] = []
    for edits in wishes:
        mine = [edit for edit in edits if _is_in_cases(scenario, edit)]
        own += mine
        shared.append(frozenset(edits) - frozenset(mine))
    if len(set(shared)) > 1:
        return None
    return [*own, *sorted(shared[0])] if shared else own


def _is_in_cases(scenario: Scenario, edit: Edit) -> bool:
    cases = scenario.root.get("cases")
    return cases is not None and cases.start <= edit.start and edit.end <= cases.end


def _check(scenario: Scenario, text: str) -> None:
    """Refuse to hand out a text that is no scenario any more."""
    try:
        load_source(SourceFile(scenario.source.path, text))
    except InvalidScenarioError as error:
        raise AssertionError(f"the update broke {scenario.path}:\n{error}") from error
