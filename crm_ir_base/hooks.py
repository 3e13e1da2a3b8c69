def post_init_hook(env):
    """Prepare what plain data records cannot: see each step."""
    load_places(env)
    env["res.currency"]._l10n_ir_set_rounding()
    env["res.partner.bank"]._l10n_ir_mask_cards()


def uninstall_hook(env):
    """Leave no database object of ours behind."""
    _unload_places(env)
    env["crm.ir.foreign.service"]._uninstall()
    env["crm.ir.search"]._uninstall()
    _return_document_font(env)
    env["res.currency"]._l10n_ir_release_rates()
    env["res.partner.bank"]._l10n_ir_unmask_cards()


def load_places(env):
    """Provinces and cities, matched with those that another module brought.

    Where nobody has typed an Iranian city yet, cities are chosen from the list.
    """
    provinces = env["res.country.state"]._l10n_ir_load_provinces()
    env["res.city"]._l10n_ir_load_cities(provinces)
    iran = env.ref("base.ir")
    typed_city = [("country_id", "=", iran.id), ("city", "!=", False)]
    if (
        not env["res.partner"]
        .with_context(active_test=False)
        .search_count(typed_city, limit=1)
    ):
        iran.enforce_cities = True


def _return_document_font(env):
    """The style of documents is a file, which names the font until it is made anew."""
    env.ref("crm_ir_base.styles_company_report").active = False
    env["res.company"]._update_asset_style()


def _unload_places(env):
    """Cities; the provinces are known by external ids and go with them."""
    provinces = {
        state.l10n_ir_iso_code: state
        for state in env["res.country.state"].search(
            [("l10n_ir_iso_code", "!=", False)]
        )
    }
    env["res.city"]._l10n_ir_unload_cities(provinces)
    iran = env.ref("base.ir")
    iran.vat_label = False
    if not env["res.city"].search_count([("country_id", "=", iran.id)], limit=1):
        iran.enforce_cities = False
