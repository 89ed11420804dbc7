"""The tools are scripts that import each other from their own folder; the tests import them from there too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tools"))
