"""Everything that has to be on the machine before Odoo can start."""

from . import node, postgres, process, source, venv


def main() -> None:
    """Make what is missing; a second run finds everything and does nothing."""
    with process.alone():
        node.need()
        tree = source.ensure()
        venv.ensure(tree.path)
        node.ensure()
        postgres.prepare()
