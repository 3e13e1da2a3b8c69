"""Odoo's own command line as a file: a server with workers starts a part of itself by it."""

from odoo.cli.command import main

main()
