"""The helpers beside the tests are shared with other areas and with scripts."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
