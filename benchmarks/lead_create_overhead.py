"""Create 1,000 leads with name, phone, mail and company filled, beside stock."""

from common import compare, environments, seconds

LEADS = 1000


def create_leads(env):
    iran = env.ref("base.ir")
    values = [
        {
            "name": f"درخواست {number}",
            "contact_name": f"رضا نمونه {number}",
            "partner_name": f"شرکت نمونه {number}",
            "phone": f"+98 912 {number:07}",
            "email_from": f"customer{number}@example.com",
            "country_id": iran.id,
        }
        for number in range(LEADS)
    ]

    def create():
        env["crm.lead"].create(values)
        env.flush_all()

    elapsed = seconds(create)
    env.cr.rollback()
    env.invalidate_all()
    return elapsed


if __name__ == "__main__":
    with environments() as (ours, stock):
        compare("lead_create_overhead", 1.15, 20, create_leads, ours, stock)
