"""The repository's workshop: what `make` and `scripts/odoo` run.

This file also runs on a Python too old for the others, to say so.
"""

import os
import shutil
import subprocess
import sys

if not (3, 10) <= sys.version_info[:2] <= (3, 13):
    for _minor in (13, 12, 11, 10):
        _fitting = shutil.which(f"python3.{_minor}")
        # A version manager may have put a name there that it cannot run.
        if _fitting and not subprocess.call(
            [_fitting, "-c", ""], stderr=subprocess.DEVNULL
        ):
            os.execv(_fitting, [_fitting] + sys.argv)
    sys.exit(
        "Odoo 19 runs on Python 3.10 to 3.13 and this is"
        f" {sys.version_info[0]}.{sys.version_info[1]}: install one of those,"
        " then repeat with PYTHON=/path/to/python3."
    )
