import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

# An identifier, a barcode: read as a term, and the same in every language.
_NO_WORDS = {"ABCDE12345", "mail.template", "order_id"}
_PERSIAN = re.compile("[\u0600-\u06ff]")
_NAMED = re.compile(r"%\(\w+\)\w|\{\{.*?\}\}", re.DOTALL)
_POSITIONAL = re.compile(r"%%|%[sdifg]")
_TAG = re.compile(r"<[^>]+>")
# What a translation may change in a tag: words that are read, and the direction.
_READ = re.compile(r' (?:title="[^"]*"|dir="rtl")')


class StockTermsCase(TransactionCase):
    """What a Persian user of stock modules reads, counted on the running database.

    :cvar stock: names of the stock modules
    :cvar ours: name of the module of ours with their terms
    """

    stock: tuple[str, ...]
    ours: str

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.modules()._update_translations("fa_IR")

    @classmethod
    def modules(cls):
        names = [*cls.stock, cls.ours]
        return cls.env["ir.module.module"].search([("name", "in", names)])

    @classmethod
    def catalogue(cls):
        return polib.pofile(file_path(f"{cls.ours}/i18n_extra/fa.po"))

    def check_coverage(self):
        """Each term that an export finds has a Persian value, in effect."""
        kinds = {}
        for (
            module,
            kind,
            name,
            _res_id,
            source,
            value,
            comments,
        ) in TranslationModuleReader(self.env.cr, modules=self.stock, lang="fa_IR"):
            kind = comments[0] if kind == "code" else kind
            kinds.setdefault((module, kind), set())
            if source.strip() not in _NO_WORDS and not _PERSIAN.search(value or ""):
                kinds[module, kind].add((name, source))
        missing = {kind: sorted(terms) for kind, terms in kinds.items() if terms}
        self.assertFalse(missing)
        return set(kinds)

    def check_placeholders(self):
        """A translation has the placeholders and tags of its source."""
        for entry in self.catalogue():
            with self.subTest(entry.msgid):
                for same in (_named, _POSITIONAL.findall, _tags):
                    self.assertEqual(same(entry.msgstr), same(entry.msgid))
                self.assertEqual(_edges(entry.msgstr), _edges(entry.msgid))

    def check_sources(self):
        """Each translation belongs to a term of the stock modules: none is left over."""
        sources = set()
        for module in self.stock:
            template = Path(file_path(f"{module}/i18n/{module}.pot"))
            sources |= {entry.msgid for entry in polib.pofile(str(template))}
        self.assertEqual({entry.msgid for entry in self.catalogue()}, sources)


def _named(text):
    return sorted(_NAMED.findall(text))


def _tags(text):
    return [_READ.sub("", tag) for tag in _TAG.findall(text)]


def _edges(text):
    """White space around a term that is joined with others."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
