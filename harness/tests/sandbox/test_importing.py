"""A function's own modules are imported as importlib would import them, and go when it ends."""

import gc
import sys
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from harness.tests.world.opening import a_world


def files(folder: Path, **sources: str) -> None:
    """Write modules below ``src``; ``a_in_b`` is module b of package a."""
    for name, source in sources.items():
        file = folder / "src" / f"{name.replace('_in_', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(source), encoding="utf-8")


def answer(folder: Path, handler: str) -> Any:
    """Return what one invocation of *handler* answers."""
    with a_world(folder, handler) as world:
        return world.invoke("Handle", None).payload


def test_each_way_of_importing_gives_the_same_module(tmp_path: Path) -> None:
    """Absolute, relative, as a member of a package, and by name at run time."""
    files(
        tmp_path,
        shop_in___init__="",
        shop_in_prices="from . import money\nfrom .money import CENTS\nfrom . import money as again\n",
        shop_in_money="CENTS = 100\n",
    )
    handler = """\
        import importlib
        import shop.prices
        import shop.prices as prices
        from shop import money
        from shop.money import *

        def handler(event, context):
            same = [shop.prices, importlib.import_module("shop.prices"), __import__("shop").prices]
            return [
                all(one is prices for one in same),
                prices.money is prices.again is money is shop.money,
                prices.CENTS + CENTS,
                [money.__name__, money.__package__, money.__spec__.parent, shop.__path__ != []],
            ]
    """
    assert answer(tmp_path, handler) == [True, True, 200, ["shop.money", "shop", "shop", True]]


@pytest.mark.parametrize("is_package", [False, True])
def test_a_module_of_the_functions_hides_one_of_the_process_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_package: bool
) -> None:
    """As /var/task comes first on Lambda's path; the process keeps its own."""
    outside = ModuleType("prices")
    outside.__dict__["CENTS"] = 1
    monkeypatch.setitem(sys.modules, "prices", outside)
    files(tmp_path, **{"prices_in___init__" if is_package else "prices": "CENTS = 100\n"})

    assert (
        answer(tmp_path, "import prices\ndef handler(event, context): return prices.CENTS") == 100
    )
    assert sys.modules["prices"] is outside


def test_a_folder_of_data_hides_no_module_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder that is no package comes last."""
    outside = ModuleType("prices")
    outside.__dict__["CENTS"] = 1
    monkeypatch.setitem(sys.modules, "prices", outside)
    (tmp_path / "src" / "prices").mkdir(parents=True)

    assert answer(tmp_path, "import prices\ndef handler(event, context): return prices.CENTS") == 1


def test_a_module_that_failed_is_tried_again(tmp_path: Path) -> None:
    """Nothing of the first try is left."""
    files(tmp_path, wobbly='import os\nstate = os.environ["READY"]\n')
    handler = """\
        import os, sys

        def handler(event, context):
            try:
                import wobbly
            except KeyError:
                failed = "wobbly" in sys.modules
            os.environ["READY"] = "yes"
            import wobbly
            return [failed, wobbly.state]
    """
    assert answer(tmp_path, handler) == [False, "yes"]


def test_a_circular_import_is_explained_as_python_explains_it(tmp_path: Path) -> None:
    """The error names the module that is only half there."""
    files(tmp_path, egg="from hen import lays\n", hen="from egg import hatches\nlays = 1\n")
    handler = """\
        def handler(event, context):
            try:
                import egg
            except ImportError as error:
                return str(error).partition(" (")[0]
    """
    assert answer(tmp_path, handler) == (
        "cannot import name 'hatches' from partially initialized module 'egg'"
    )


def test_a_wrong_relative_import_is_an_import_error(tmp_path: Path) -> None:
    """One that leaves the package."""
    files(tmp_path, shop_in___init__="", shop_in_prices="from ... import nothing\n")
    handler = """\
        def handler(event, context):
            try:
                import shop.prices
            except ImportError as error:
                return str(error)
    """
    assert answer(tmp_path, handler) == "attempted relative import beyond top-level package"


@pytest.mark.parametrize(
    "constant",
    [
        "class Kept: pass\nkept = Kept()",
        "import msgspec\nclass Kept(msgspec.Struct, frozen=True):\n    size: int\nkept = Kept(1)",
        "import atexit\nclass Kept: pass\natexit.register(Kept().__repr__)",
    ],
    ids=["an object", "a struct that the collector cannot look into", "an exit function"],
)
def test_nothing_of_a_changed_environment_outlives_its_world(
    tmp_path: Path, constant: str
) -> None:
    """Many worlds in one process would fill its memory."""
    handler = (
        f"{constant}\n\ndef handler(event, context):\n    handler.changed = 1\n    return 1\n"
    )
    assert answer(tmp_path, handler) == 1
    gc.collect()

    # Asked of its type: a weak reference would ask what it refers to, which may be gone.
    classes = (one for one in gc.get_objects() if issubclass(type(one), type))
    assert [one for one in classes if one.__name__ == "Kept"] == []
