"""``FilterCriteria``: the event patterns of a mapping, as JSON text."""

import json

from harness.world.template.block import Block, vocabulary

CRITERIA_WORDS = vocabulary("Filters")
FILTER_WORDS = vocabulary("Pattern")
FILTER_COUNT_MAX = 5
PATTERN_LENGTH_MAX = 4096


def read_filters(block: Block) -> tuple[str, ...]:
    """Return the patterns; whether each makes sense, the mapping says that compiles it."""
    criteria = block.block("FilterCriteria", CRITERIA_WORDS)
    if criteria is None:
        return ()
    patterns = tuple(_pattern(inner) for inner in criteria.blocks("Filters", FILTER_WORDS))
    if len(patterns) > FILTER_COUNT_MAX:
        problem = f"a mapping takes at most {FILTER_COUNT_MAX} filters, not {len(patterns)}"
        raise criteria.broken("Filters", problem)
    return patterns


def _pattern(block: Block) -> str:
    text = block.required("Pattern")
    if len(text) > PATTERN_LENGTH_MAX:
        raise block.broken("Pattern", f"a pattern has at most {PATTERN_LENGTH_MAX} characters")
    try:
        pattern = json.loads(text)
    except ValueError as error:
        problem = f"Invalid filter pattern definition: not JSON: {error}"
        raise block.broken("Pattern", problem) from error
    if not isinstance(pattern, dict):
        raise block.broken("Pattern", "Invalid filter pattern definition: not a JSON object")
    return text
