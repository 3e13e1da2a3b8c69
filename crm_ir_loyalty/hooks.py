from collections import defaultdict

from odoo.tools import SQL, file_open
from odoo.tools.translate import CodeTranslations, PoFileReader, code_translations

# Stock modules without Persian, and the modules of ours that have their terms.
STOCK_CODE_TERMS = {
    "loyalty": "crm_ir_loyalty",
    "pos_loyalty": "crm_ir_loyalty_pos",
    "sale_loyalty": "crm_ir_loyalty",
    "sale_loyalty_delivery": "crm_ir_loyalty_delivery",
    "website_sale_loyalty": "crm_ir_loyalty_website_sale",
}


_read = CodeTranslations._get_code_translations


def _read_with_ours(module_name, lang, filter_func):
    terms = _read(module_name, lang, filter_func)
    ours = STOCK_CODE_TERMS.get(module_name)
    return _read(ours, lang, filter_func) | terms if ours else terms


def translate_stock_code():
    """Find the terms in the code of stock's loyalty modules in catalogues of ours.

    Odoo looks for a term of Python in the catalogue of the module that has the code, and
    nowhere else; for one of JavaScript it looks there first. For the modules of
    ``STOCK_CODE_TERMS``, a term that their own catalogue lacks is taken from ours: a
    translation that stock gets later wins.

    Catalogues belong to the process, not to a database: it runs when the first database
    with this module is loaded, and from then on the other databases of the process read
    these terms in Persian too. Other modules and languages are as they were.
    """
    if CodeTranslations._get_code_translations is _read_with_ours:
        return
    CodeTranslations._get_code_translations = staticmethod(_read_with_ours)
    # What was read before, for another database.
    for catalogues in (
        code_translations.python_translations,
        code_translations.web_translations,
    ):
        for key in list(catalogues):
            if key[0] in STOCK_CODE_TERMS:
                catalogues.pop(key, None)


def post_init_hook(env):
    """Begin the ledgers of the cards that hold points already."""
    programs = env["loyalty.program"].with_context(active_test=False)
    programs.search([])._l10n_ir_open_cards()


def uninstall_hook(env):
    """Leave stock's records as they were."""
    forget_stock_terms(env, "crm_ir_loyalty")


def forget_stock_terms(env, module):
    """Take away the Persian that a module of ours gave to records of stock's."""
    languages = [code for code, _name in env["res.lang"].get_installed()]
    persian = [code for code in languages if code.startswith("fa")]
    records = defaultdict(set)
    with file_open(f"{module}/i18n_extra/fa.po", "rb") as source:
        for term in PoFileReader(source):
            if term["module"] not in STOCK_CODE_TERMS or "imd_name" not in term:
                continue
            if term["imd_model"] not in env:
                continue
            name = f"{term['module']}.{term['imd_name']}"
            record = env.ref(name, raise_if_not_found=False)
            field = record and record._fields.get(term["name"].partition(",")[2])
            if field and field.inherited:  # a product's name is its template's
                record, field = record[field.related.split(".")[0]], field.related_field
            if field and field.store and field.translate:
                records[record._name, field.name].add(record.id)
    env.flush_all()
    for (model, field), ids in records.items():
        env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(field)s = %(field)s - %(languages)s::text[]"
                " WHERE id = ANY(%(ids)s)",
                table=SQL.identifier(env[model]._table),
                field=SQL.identifier(field),
                languages=persian,
                ids=list(ids),
            )
        )
    env.invalidate_all()
