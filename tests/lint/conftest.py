"""The engines that run in this process are shared with the tests of shapes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shapes"))
