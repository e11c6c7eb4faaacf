"""What the machine of DynamoDB says: keys, values and expressions, right ones and wrong ones."""

import re
from typing import Any

from hypothesis import strategies as st

TABLE: dict[str, Any] = {
    "TableName": "items",
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "verdict", "AttributeType": "S"},
        {"AttributeName": "score", "AttributeType": "N"},
    ],
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "byVerdict",
            "KeySchema": [
                {"AttributeName": "verdict", "KeyType": "HASH"},
                {"AttributeName": "score", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "LocalSecondaryIndexes": [
        {
            "IndexName": "byScore",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "score", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
}

BOUND: dict[str, Any] = {
    ":s": {"S": "text"},
    ":t": {"S": "te"},
    ":u": {"S": ""},
    ":n": {"N": "7"},
    ":m": {"N": "-2.5"},
    ":one": {"N": "1"},
    ":l": {"L": [{"S": "last"}, {"N": "1"}]},
    ":e": {"L": []},
    ":d": {"M": {"x": {"N": "1"}, "y": {"L": [{"S": "a"}]}}},
    ":ss": {"SS": ["a", "z"]},
    ":ns": {"NS": ["1", "2.5"]},
    ":b": {"BOOL": True},
    ":null": {"NULL": True},
    ":bin": {"B": b"te"},
    ":type": {"S": "S"},
    ":p": {"S": "p"},
    ":a": {"S": "a"},
    ":ab": {"S": "ab"},
}
NAMES = {"#name": "name", "#n": "n", "#d": "d", "#x": "x"}

keys = st.builds(
    lambda pk, sk: {"pk": {"S": pk}, "sk": {"S": sk}},
    st.sampled_from(["p", "q"]),
    st.sampled_from(["a", "ab", "b"]),
)
texts = st.sampled_from(["text", "tea", "", "other", "é"]).map(lambda text: {"S": text})
numbers = st.sampled_from(["0", "7", "-2.5", "1000000", "0.001", "1.0", "1e2"]).map(
    lambda text: {"N": text}
)
scalars: Any = texts | numbers | st.sampled_from([{"BOOL": True}, {"BOOL": False}, {"NULL": True}])
binaries = st.sampled_from([b"te", b"text", b"\x00"]).map(lambda data: {"B": data})
lists = st.lists(texts | numbers, max_size=3).map(lambda elements: {"L": elements})
maps = st.fixed_dictionaries({}, optional={"x": texts | numbers, "y": lists}).map(
    lambda members: {"M": members}
)
text_sets = st.sets(st.sampled_from("abz"), min_size=1).map(lambda s: {"SS": sorted(s)})
number_sets = st.sets(st.sampled_from(["1", "2.5", "7"]), min_size=1).map(
    lambda s: {"NS": sorted(s)}
)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "a": scalars | binaries | lists,
        "n": numbers,
        "l": lists,
        "d": maps,
        "tags": text_sets,
        "ns": number_sets,
        "name": texts,
        "verdict": st.sampled_from(["yes", "no"]).map(lambda text: {"S": text}),
        "score": st.sampled_from(["1", "2", "10", "-1"]).map(lambda text: {"N": text}),
    },
)
items = st.builds(lambda key, more: key | more, keys, attributes)

SETS = (
    "a = :s",
    "n = :m",
    "a = n",
    "n = a",
    "n = n + :n",
    "n = n - :m",
    "n = :n + n",
    "extra = if_not_exists(gone, :s)",
    "n = if_not_exists(n, :n) + :m",
    "l = list_append(l, :l)",
    "l = list_append(:l, if_not_exists(l, :e))",
    "d = :d",
    "d.x = :s",
    "#d.#x = :n",
    "d.y = l",
    "d.deep.er = :s",
    "gone.x = :s",
    "l[0] = :s",
    "l[9] = :n",
    "#name = :s",
    "a = gone",
    "n = a + :n",
    "a = :u",
    "a = :null",
    "tags = :ss",
    "verdict = :s",
    "score = :n",
    "a = (n + :n)",
)
REMOVES = ("a", "gone", "l[0]", "l[1]", "l[7]", "d.x", "gone.x", "tags", "score", "d.y[0]")
ADDS = ("n :n", "tags :ss", "ns :ns", "fresh :m", "a :n", "tags :ns")
DELETES = ("tags :ss", "ns :ns", "gone :ss", "a :ss", "tags :ns")


@st.composite
def updates(draw: st.DrawFn) -> str:
    """Draw an update expression: at most one mistake is likely in it."""
    sections = draw(
        st.lists(
            st.sampled_from(["SET", "SET", "SET", "REMOVE", "ADD", "DELETE"]),
            min_size=1,
            max_size=2,
            unique=True,
        )
    )
    clauses = {"SET": SETS, "REMOVE": REMOVES, "ADD": ADDS, "DELETE": DELETES}
    return " ".join(
        f"{section} {', '.join(draw(st.lists(st.sampled_from(clauses[section]), min_size=1, max_size=2, unique=True)))}"
        for section in sections
    )


ATOMS = (
    "attribute_exists(pk)",
    "attribute_not_exists(pk)",
    "attribute_exists(d.x)",
    "attribute_not_exists(l[1])",
    "a = :s",
    "a <> :s",
    "n > :m",
    "n <= :n",
    "a = n",
    "n BETWEEN :m AND :n",
    "a IN (:s, :t, :n)",
    "begins_with(a, :t)",
    "contains(a, :t)",
    "contains(tags, :a)",
    "contains(ns, :one)",
    "contains(l, :s)",
    "attribute_type(a, :type)",
    "size(a) < :n",
    "size(l) >= :one",
    "size(tags) = :one",
    "size(n) > :m",
    "size(gone) > :m",
    "d.x = :n",
    "#d.#x = :n",
    "gone = :s",
    "gone <> :s",
    "a > :bin",
    "tags = :ss",
    "d = :d",
    "#name = :s",
    "(n = :n)",
)
atoms = st.sampled_from(ATOMS)
conditions: Any = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(lambda a, b: f"{a} AND {b}", inner, inner),
        st.builds(lambda a, b: f"{a} OR {b}", inner, inner),
        st.builds(lambda a: f"NOT ({a} AND attribute_exists(pk))", inner),
        st.builds(lambda a, b: f"({a} OR {b})", inner, inner),
    ),
    max_leaves=3,
)
KEY_CONDITIONS = (
    "pk = :p",
    "pk = :p AND sk = :a",
    "pk = :p AND sk < :ab",
    "pk = :p AND sk <= :ab",
    "pk = :p AND sk > :a",
    "sk >= :ab AND pk = :p",
    "pk = :p AND sk BETWEEN :a AND :ab",
    "pk = :p AND begins_with(sk, :a)",
)
PROJECTIONS = ("pk", "a, n", "d.x", "l[0], a", "l[1], d.y[0]", "#name", "gone")

MISTAKEN_UPDATES = (
    "SET n = :s + :n",
    "SET score = :s",
    "SET pk = :s",
    "REMOVE sk",
    "SET name = :s",
    "SET a = :undefined",
    "SET #undefined = :s",
    "SET a = :s, a = :n",
    "SET d = :d, d.x = :n",
    "SET l[0] = :n, l.x = :s",
    "SET a :s",
    "SET a = nothing(:s)",
    "SET a = if_not_exists(:s, :n)",
    "SET l = list_append(:l)",
    "SET l = list_append(:s, :l)",
    "SET a = :s SET n = :n",
    "ADD n :s",
    "ADD l :l",
    "ADD n n",
    "DELETE tags :s",
    "DELETE n :n",
    "REMOVE :s",
    "",
)
MISTAKEN_CONDITIONS = (
    "n = n",
    "n BETWEEN :n AND :m",
    "n BETWEEN :s AND :n",
    "begins_with(a, :n)",
    "begins_with(a)",
    "attribute_type(a, :s)",
    "attribute_type(a, :n)",
    "attribute_exists(:s)",
    "a < :b",
    "size(:n) = :n",
    "name = :s",
    "a = :undefined",
    "#undefined = :s",
    "a ==",
    "a = :s AND",
    "size(a)",
    "((n = :n))",
    "nothing(a)",
    "contains(a, a)",
    "a IN (:s",
    "",
)
MISTAKEN_KEY_CONDITIONS = (
    "pk = :p AND sk BETWEEN :ab AND :a",
    "pk = :n",
    "pk > :p",
    "sk = :a",
    "pk = :p AND n = :n",
    "pk = :p AND sk <> :a",
    "pk = :p OR sk = :a",
    "pk = :p AND contains(sk, :a)",
    "pk = :p AND sk = :n",
    "pk = :p AND pk = :p",
    "pk = :p AND sk = :a AND sk = :a",
    "pk = :undefined",
    "NOT pk = :p",
    "",
)
MISTAKEN_PROJECTIONS = ("name", "a, a", "d, d.x", "#undefined", "a,", "", "a b")
RETURNED = ("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW")


def bound(*expressions: str | None) -> dict[str, Any]:
    """Return the placeholders that *expressions* need, as far as there are any."""
    text = " ".join(expression for expression in expressions if expression)
    values = {name: BOUND[name] for name in re.findall(r":\w+", text) if name in BOUND}
    names = {name: NAMES[name] for name in re.findall(r"#\w+", text) if name in NAMES}
    parameters: dict[str, Any] = {}
    if values:
        parameters["ExpressionAttributeValues"] = values
    if names:
        parameters["ExpressionAttributeNames"] = names
    return parameters


def repr_key(item: dict[str, Any]) -> str:
    return f"{item['pk']} {item['sk']}"


ALL_KEYS = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk in "pq" for sk in ("a", "ab", "b")]


def _action(name: str, condition: str | None, **members: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"TableName": "items"} | members
    if condition is not None:
        given["ConditionExpression"] = condition
    return {name: given | bound(condition, members.get("UpdateExpression"))}


def concerned(action: dict[str, Any]) -> str:
    (given,) = action.values()
    return repr_key(given.get("Key") or given["Item"])


ACTIONS: Any = st.one_of(
    st.builds(
        lambda item, condition: _action("Put", condition, Item=item), items, st.none() | conditions
    ),
    st.builds(
        lambda key, condition: _action("Delete", condition, Key=key), keys, st.none() | conditions
    ),
    st.builds(
        lambda key, condition: _action("ConditionCheck", condition, Key=key), keys, conditions
    ),
    st.builds(
        lambda key, update, condition: _action(
            "Update", condition, Key=key, UpdateExpression=update
        ),
        keys,
        updates(),
        st.none() | conditions,
    ),
)
