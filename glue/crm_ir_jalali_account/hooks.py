def post_init_hook(env):
    """Iranian companies that have booked nothing yet begin with Jalali years.

    Where entries exist, or another fiscal year was chosen, a person decides.
    """
    companies = env["res.company"].search(
        [
            ("parent_id", "=", False),
            ("partner_id.country_id.code", "=", "IR"),
            ("fiscalyear_last_month", "=", "12"),
            ("fiscalyear_last_day", "=", 31),
        ]
    )
    for company in companies:
        if not company._existing_accounting():
            company.l10n_ir_jalali_fiscal_year = True
