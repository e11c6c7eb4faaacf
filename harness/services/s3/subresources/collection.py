"""Parts of a bucket's configuration of which there are many, each under an id of its own.

Inventories, analyses, request metrics and archive tiers all work alike: put replaces what has the
id, a getter or a deletion of what is not there is an error, and a list has them by id.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.parameters import require_modelled
from harness.services.s3.subresources.setting import Operation

_IDS_MAX = 1_000
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of configuration: *noun* is its name in the operations, ``Inventory``.

    *require* takes a document and raises AWS's error for what is wrong with it.
    """

    noun: str
    require: Callable[[Mapping[str, Any]], None]

    @property
    def parameter(self) -> str:
        """The parameter and the member of the answer that hold a document."""
        return f"{self.noun}Configuration"

    @property
    def operations(self) -> dict[str, Operation]:
        """The operations by AWS's names."""
        return {
            f"PutBucket{self.parameter}": partial(_put, self),
            f"GetBucket{self.parameter}": partial(_get, self),
            f"DeleteBucket{self.parameter}": partial(_delete, self),
            f"ListBucket{self.parameter}s": partial(_list, self),
        }


def _kept(collection: Collection, buckets: Buckets, params: Parameters) -> dict[str, Any]:
    """Return the bucket's documents by id."""
    documents: dict[str, Any] = buckets.find(params).settings.get(collection.noun, {})
    return documents


def _kept_with_the_named(
    collection: Collection, buckets: Buckets, params: Parameters
) -> dict[str, Any]:
    """Return the bucket's documents; raise AWS's error where the one that is named is not there."""
    documents = _kept(collection, buckets, params)
    if params["Id"] not in documents:
        raise ServiceError(
            "NoSuchConfiguration", "The specified configuration does not exist.", status=404
        )
    return documents


def _put(
    collection: Collection,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    modelled = BUCKET | {"Id", collection.parameter}
    require_modelled(f"PutBucket{collection.parameter}", params, modelled)
    documents = _kept(collection, buckets, params)
    document, document_id = params[collection.parameter], params["Id"]
    collection.require(document)
    if document["Id"] != document_id:
        raise ServiceError(
            "IdMismatch", "Document ID does not match the specified configuration ID."
        )
    if document_id not in documents and len(documents) == _IDS_MAX:
        raise ServiceError(
            "TooManyConfigurations",
            "You are attempting to create a new configuration but have already reached the "
            "1,000-configuration limit.",
        )
    buckets.find(params).settings[collection.noun] = {
        **documents,
        document_id: deepcopy(document),
    }
    return {}


def _get(
    collection: Collection,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    require_modelled(f"GetBucket{collection.parameter}", params, BUCKET | {"Id"})
    documents = _kept_with_the_named(collection, buckets, params)
    return {collection.parameter: deepcopy(documents[params["Id"]])}


def _delete(
    collection: Collection,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    require_modelled(f"DeleteBucket{collection.parameter}", params, BUCKET | {"Id"})
    documents = _kept_with_the_named(collection, buckets, params)
    del documents[params["Id"]]
    return {}


def _list(
    collection: Collection,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Return up to 100 documents; the token is the id of the last."""
    modelled = BUCKET | {"ContinuationToken"}
    require_modelled(f"ListBucket{collection.parameter}s", params, modelled)
    documents = _kept(collection, buckets, params)
    token = params.get("ContinuationToken")
    if token is not None and token not in documents:
        raise invalid_argument(
            "The continuation token provided is incorrect", "continuation-token", token
        )
    ids = sorted(name for name in documents if token is None or name > token)
    output: Output = {"IsTruncated": len(ids) > _PAGE}
    if ids:
        output[f"{collection.parameter}List"] = [deepcopy(documents[name]) for name in ids[:_PAGE]]
    if token is not None:
        output["ContinuationToken"] = token
    if len(ids) > _PAGE:
        output["NextContinuationToken"] = ids[_PAGE - 1]
    return output
