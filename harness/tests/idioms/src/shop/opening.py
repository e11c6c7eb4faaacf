"""What is in stock before anything is sold, read in every way in which a package reads its data."""

import json
import pkgutil
from importlib import resources
from pathlib import Path

STOCK = json.loads(resources.files("shop").joinpath("data/stock.json").read_text())
AGAIN = json.loads(pkgutil.get_data("shop", "data/stock.json") or b"")
HERE = json.loads((Path(__file__).parent / "data" / "stock.json").read_text())
BESIDE = json.loads(Path("shop/data/stock.json").read_text())  # /var/task is the working folder
