"""The bench is a folder of scripts: they find each other by standing in one folder, and so do these tests find them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "bench"))
