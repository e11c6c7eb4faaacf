"""The images of environments that are gone, for new ones of the same code and variables."""

from collections.abc import Hashable

from harness.sandbox.image import Image

_KEPT_OF_EACH = 8
_KEYS_MAX = 64


class ImageStore:
    """Images by what made them: the code, the handler and the variables."""

    def __init__(self) -> None:
        self._images: dict[Hashable, list[Image]] = {}

    def take(self, key: Hashable) -> Image | None:
        """Return an image that nobody uses, or None; one whose files have changed is no more."""
        images = self._images.get(key)
        while images:
            image = images.pop()
            if image.is_current():
                return image
        return None

    def keep(self, key: Hashable, image: Image) -> None:
        """Keep an image that is as it was."""
        images = self._images.pop(key, [])
        if len(images) < _KEPT_OF_EACH:
            images.append(image)
        self._images[key] = images  # the keys that were used last stand last
        if len(self._images) > _KEYS_MAX:
            del self._images[next(iter(self._images))]


STORE = ImageStore()
"""The process's: worlds come and go, and the code stays the same."""
