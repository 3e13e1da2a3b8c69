OWN_CHOICE = {"crm_ir_calendar", "crm_ir_digits"}


def for_any_reader(records):
    """Write as the language has it, for others than the user who happens to do it.

    What a user prefers for the own screen is no matter of a document or an e-mail.
    """
    context = records.env.context
    if OWN_CHOICE.isdisjoint(context):
        return records
    others = {key: value for key, value in context.items() if key not in OWN_CHOICE}
    return records.with_env(records.env(context=others))
