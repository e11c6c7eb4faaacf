"""Request ids, message ids and the like: drawn from the seed, so that two runs name things alike."""

from harness.kernel.entropy import Entropy


class Identifiers:
    """Makes identifiers; each *kind* has its own branch of the seed."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def uuid(self, kind: str) -> str:
        """Return a version-4 UUID."""
        digits = f"{self._entropy.branch('identifiers.' + kind).getrandbits(128):032x}"
        variant = "89ab"[int(digits[16], 16) & 3]
        return (
            f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
        )

    def hexadecimal(self, kind: str, digits: int) -> str:
        """Return *digits* lower-case hexadecimal digits."""
        branch = self._entropy.branch("identifiers." + kind)
        return f"{branch.getrandbits(4 * digits):0{digits}x}"
