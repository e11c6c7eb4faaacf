"""One sale, as it comes out of the stream."""

from typing import Literal

from pydantic import BaseModel, Field


class Sale(BaseModel):
    """Something sold, or brought back."""

    kind: Literal["sale", "return"]
    sku: str
    amount: int = Field(gt=0)
    order: str
