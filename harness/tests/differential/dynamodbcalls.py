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
        {"AttributeName": "bin", "AttributeType": "B"},
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
        },
        {
            "IndexName": "byData",
            "KeySchema": [
                {"AttributeName": "verdict", "KeyType": "HASH"},
                {"AttributeName": "bin", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a", "d"]},
        },
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
    ":v": {"S": "yes"},
    ":eb": {"B": b""},
    ":low": {"B": b"\x01"},
    ":high": {"B": b"\xff"},
    ":bs": {"BS": [b"te", b"\x00"]},
    ":max": {"N": "99999999999999999999999999999999999999"},
    ":tN": {"S": "N"},
    ":tB": {"S": "B"},
    ":tL": {"S": "L"},
    ":tM": {"S": "M"},
    ":tBS": {"S": "BS"},
    ":tNULL": {"S": "NULL"},
    ":tBOOL": {"S": "BOOL"},
}
NAMES = {"#name": "name", "#n": "n", "#d": "d", "#x": "x"}

keys = st.builds(
    lambda pk, sk: {"pk": {"S": pk}, "sk": {"S": sk}},
    st.sampled_from(["p", "q"]),
    st.sampled_from(["a", "ab", "b"]),
)
texts = st.sampled_from(["text", "tea", "", "other", "é"]).map(lambda text: {"S": text})
numbers = st.sampled_from(
    ["0", "7", "-2.5", "1000000", "0.001", "1.0", "1e2", "1E-130", "9" * 38, "-9.9E125"]
).map(lambda text: {"N": text})
scalars: Any = texts | numbers | st.sampled_from([{"BOOL": True}, {"BOOL": False}, {"NULL": True}])
binaries = st.sampled_from([b"te", b"text", b"\x00", b""]).map(lambda data: {"B": data})
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
        "bin": st.sampled_from([b"\x01", b"te", b"\x7f\xff", b"\xff"]).map(
            lambda data: {"B": data}
        ),
        "bs": st.sets(st.sampled_from([b"te", b"\x00", b""]), min_size=1).map(
            lambda s: {"BS": sorted(s)}
        ),
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
    "bin = :low",
    "n = n + :max",
    "d.y = list_append(d.y, :l)",
    "d.y[1] = :n",
    "d.y[0].z = :n",
    "a = d.y[0]",
    "a = l[1]",
    "a = if_not_exists(d.x, if_not_exists(l[0], :n))",
    "l = list_append(l, l)",
)
REMOVES = (
    "a", "gone", "l[0]", "l[1]", "l[7]", "d.x", "gone.x", "tags", "score", "d.y[0]", "bin", "bs",
    "d.y", "l[0].x",
)  # fmt: skip
ADDS = (
    "n :n", "tags :ss", "ns :ns", "fresh :m", "a :n", "tags :ns", "bs :bs", "d.x :n", "d.fresh :n",
    "d.tags :ss", "l[0] :n", "n :max",
)  # fmt: skip
DELETES = ("tags :ss", "ns :ns", "gone :ss", "a :ss", "tags :ns", "bs :bs", "d.x :ss")


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
    "d.y[0] = :s",
    "d.y[1] <> l[0]",
    "l[0] > :m",
    "l[0] BETWEEN :m AND :max",
    "attribute_exists(d.y[1])",
    "attribute_exists(l[0].x)",
    "begins_with(d.x, :t)",
    "begins_with(a, :bin)",
    "begins_with(bin, :eb)",
    "contains(d.y, :s)",
    "contains(a, :bin)",
    "contains(bs, :bin)",
    "contains(bs, :eb)",
    "contains(d.x, :t)",
    "size(d) >= :one",
    "size(d.y) = :one",
    "size(bin) > :one",
    "size(bs) = :one",
    "size(ns) < size(tags)",
    "attribute_type(d, :tM)",
    "attribute_type(d.y, :tL)",
    "attribute_type(d.x, :tN)",
    "attribute_type(a, :tNULL)",
    "attribute_type(a, :tBOOL)",
    "attribute_type(bin, :tB)",
    "attribute_type(bs, :tBS)",
    "d.x IN (n, :s)",
    "l[1] IN (:n, :s)",
    "bs = :bs",
    "bin >= :low",
    "n < :max",
    "l = :l",
    "a = :null",
    "a = :b",
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
INDEX_CONDITIONS = {
    "byVerdict": (
        "verdict = :v",
        "verdict = :v AND score = :one",
        "verdict = :v AND score < :n",
        "verdict = :v AND score <= :one",
        "verdict = :v AND score > :one",
        "score >= :one AND verdict = :v",
        "verdict = :v AND score BETWEEN :one AND :n",
    ),
    "byData": (
        "verdict = :v",
        "verdict = :v AND bin = :low",
        "verdict = :v AND bin < :high",
        "verdict = :v AND bin <= :low",
        "verdict = :v AND bin > :low",
        "verdict = :v AND bin >= :bin",
        "verdict = :v AND bin BETWEEN :low AND :bin",
        "verdict = :v AND begins_with(bin, :bin)",
    ),
    "byScore": (
        "pk = :p",
        "pk = :p AND score = :one",
        "pk = :p AND score < :n",
        "pk = :p AND score <= :one",
        "pk = :p AND score > :m",
        "pk = :p AND score >= :one",
        "pk = :p AND score BETWEEN :m AND :one",
    ),
}
INDEX_SORT_KEYS = {"byVerdict": "score", "byData": "bin", "byScore": "score"}
PROJECTIONS = (
    "pk", "a, n", "d.x", "l[0], a", "l[1], d.y[0]", "#name", "gone", "l[1], l[0]", "d.y[1], d.y[0]",
    "d", "a, d", "bin, bs", "l[0].x",
)  # fmt: skip

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


ALL_KEYS = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk in "pq" for sk in ("a", "ab", "b")]


def _action(
    name: str, condition: str | None, *, tells_item: bool, **members: Any
) -> dict[str, Any]:
    given: dict[str, Any] = {"TableName": "items"} | members
    if condition is not None:
        given["ConditionExpression"] = condition
    if tells_item:
        given["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return {name: given | bound(condition, members.get("UpdateExpression"))}


_tells_item = st.booleans()
ACTIONS: Any = st.one_of(
    st.builds(
        lambda item, condition, tells_item: _action(
            "Put", condition, tells_item=tells_item, Item=item
        ),
        items,
        st.none() | conditions,
        _tells_item,
    ),
    st.builds(
        lambda key, condition, tells_item: _action(
            "Delete", condition, tells_item=tells_item, Key=key
        ),
        keys,
        st.none() | conditions,
        _tells_item,
    ),
    st.builds(
        lambda key, condition, tells_item: _action(
            "ConditionCheck", condition, tells_item=tells_item, Key=key
        ),
        keys,
        conditions,
        _tells_item,
    ),
    st.builds(
        lambda key, update, condition, tells_item: _action(
            "Update", condition, tells_item=tells_item, Key=key, UpdateExpression=update
        ),
        keys,
        updates(),
        st.none() | conditions,
        _tells_item,
    ),
)
