"""What a database contains that a module may add, and must take away again."""

from . import database

# Rows of these tables belong to a module; those that are left are residue. Not here is
# ir_model_constraint: Odoo forgets its rows about foreign keys on other models' tables.
ROWS = {
    "ir_act_client": "name::text",
    "ir_act_server": "name::text",
    "ir_act_window": "name::text",
    "ir_asset": "path",
    "ir_config_parameter": "key",
    "ir_cron": "id::text",
    "ir_default": "id::text",
    "ir_model": "model",
    "ir_model_access": "name",
    "ir_model_fields": "model || '.' || name",
    "ir_model_relation": "name",
    "ir_rule": "name",
    "ir_sequence": "name",
    "ir_ui_menu": "name::text",
    "ir_ui_view": "name",
    "res_groups": "name::text",
    "res_groups_privilege": "name::text",
}
SCHEMA = """
    SELECT 'column ' || table_name || '.' || column_name
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT CASE relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view '
                        WHEN 'i' THEN 'index ' WHEN 'S' THEN 'sequence ' ELSE 'relation ' END
           || relname
      FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'function ' || oid::regprocedure
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'constraint ' || conname || ' of ' || conrelid::regclass
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'type ' || typname
      FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e')
    UNION ALL
    SELECT 'extension ' || extname FROM pg_extension
"""


def snapshot(name: str) -> set[str]:
    """Everything there is in the database ``name``, each thing as one line."""
    with database.cursor(name) as cr:
        cr.execute(SCHEMA)
        found = {line for (line,) in cr.fetchall()}
        tables = {
            line.removeprefix("table ") for line in found if line.startswith("table ")
        }
        for table, label in ROWS.items():
            if table in tables:
                # Odoo describes fields of delegating models anew, as other rows.
                key = "" if table == "ir_model_fields" else "id || ' ' || "
                cr.execute(f"SELECT {key}coalesce({label}, '') FROM {table}")
                found.update(f"{table} {line}" for (line,) in cr.fetchall())
        cr.execute(
            "SELECT 'ir_model_data ' || module || '.' || name FROM ir_model_data"
            " WHERE module LIKE 'crm_ir_%'"
        )
        found.update(line for (line,) in cr.fetchall())
        return found


def difference(before: set[str], after: set[str]) -> list[str]:
    """What an uninstall left behind, and what it took that was there before.

    Odoo itself takes the ir_model_fields of models that delegate to an extended one
    (res.users to res.partner), and describes them anew at the next update.
    """
    taken = {line for line in before - after if not line.startswith("ir_model_fields ")}
    return [
        *(f"left behind: {line}" for line in sorted(after - before)),
        *(f"taken away: {line}" for line in sorted(taken)),
    ]
