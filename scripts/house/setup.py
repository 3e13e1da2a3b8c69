"""Everything that has to be on the machine before Odoo can start."""

import shutil

from . import layout, node, postgres, process, source, venv


def main() -> None:
    """Make what is missing; a second run finds everything and does nothing."""
    with process.alone():
        for left_over in ("apt", "clone", "new"):
            shutil.rmtree(layout.RUN / left_over, ignore_errors=True)
        node.need()
        tree = source.ensure()
        venv.ensure(tree.path)
        node.ensure()
        postgres.prepare()
