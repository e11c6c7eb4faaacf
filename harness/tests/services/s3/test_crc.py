"""The checks that the standard library lacks, against the definition bit by bit."""

from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.services.s3.crc import CRC32C, CRC64NVME, Polynomial, crc

CRC32 = Polynomial(32, 0x04C11DB7)


@pytest.mark.parametrize(
    ("polynomial", "check"),
    [(CRC32, 0xCBF43926), (CRC32C, 0xE3069283), (CRC64NVME, 0xAE8B14860A799888)],
    ids=["CRC-32", "CRC-32C", "CRC-64/NVME"],
)
def test_the_check_of_the_nine_digits_is_that_of_the_catalogue(
    polynomial: Polynomial, check: int
) -> None:
    """Every catalogue of checks gives this one."""
    assert crc(polynomial, b"123456789") == check


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([CRC32C, CRC64NVME]))
def test_folding_gives_what_dividing_bit_by_bit_gives(data: bytes, polynomial: Polynomial) -> None:
    """Whatever the length."""
    width = polynomial.width
    taps = int(f"{polynomial.coefficients:0{width}b}"[::-1], 2)
    ones = rest = (1 << width) - 1
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = (rest >> 1) ^ (taps if rest & 1 else 0)
    assert crc(polynomial, data) == rest ^ ones


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3_000))
def test_folding_gives_the_check_that_the_standard_library_has(data: bytes) -> None:
    """CRC-32 is the same thing with another polynomial."""
    assert crc(CRC32, data) == crc32(data)
