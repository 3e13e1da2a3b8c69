from odoo import api, models
from odoo.tools import SQL

# Hours of the past year tell when people answer; older habits may have changed.
SIGNAL_DAYS = 365


class CrmIrContactSignal(models.AbstractModel):
    """When somebody tried to reach customers, and when they were heard of.

    A module adds signals of its own by extending `_signal_sources`.
    """

    _name = "crm.ir.contact.signal"
    _description = "Signals of Customers"

    @api.model
    def _get_signals(self, company, now):
        """SQL of the signals of a company's customers in the year up to now.

        A try whose outcome nobody noted counts as answered where the next signal of
        the customer, within a day, is a sign of life. A sign of life that answers a try
        of the same channel counts for the hour alone.

        :param datetime now: naive, UTC; tries of the day before are not judged yet
        :return: SELECT of partner_id (the customer), moment (UTC), channel, asked, hit
        """
        self.env.flush_all()
        return SQL(
            """
            SELECT partner_id, moment, asked, hit IS TRUE OR is_answered IS TRUE AS hit,
                   CASE WHEN is_answer IS NOT TRUE THEN channel END AS channel
              FROM (
                   SELECT *,
                          hit IS NULL AND NOT lead(asked) OVER each
                          AND lead(moment) OVER each <= moment + interval '1 day'
                              AS is_answered,
                          NOT asked AND lag(asked) OVER each
                          AND lag(channel) OVER each = channel
                          AND lag(moment) OVER each >= moment - interval '1 day'
                              AS is_answer
                     FROM (%(signals)s) AS signal
                    WHERE moment > %(now)s - make_interval(days => %(days)s)
                      AND moment <= %(now)s
                   WINDOW each AS (PARTITION BY partner_id
                                       ORDER BY moment, asked DESC)
              ) AS judged
             WHERE hit IS NOT NULL OR is_answered
                OR moment < %(now)s - interval '1 day'
            """,
            signals=self.env["crm.ir.purchase"]._by_customer(
                company,
                SQL(" UNION ALL ").join(self._signal_sources(company)),
                ("moment", "channel", "asked", "hit"),
            ),
            now=SQL("%s::timestamp", now),
            days=SIGNAL_DAYS,
        )

    @api.model
    def _signal_sources(self, company):
        """List of SQL, each a SELECT with the columns

        - ``partner_id``: the contact,
        - ``moment`` (timestamp): UTC,
        - ``channel`` (text): a contact channel of the customer; none where the signal
          tells of the hour alone,
        - ``asked`` (boolean): whether this is a try to reach the contact; else it is a
          sign of life that came unasked, or in answer to a try,
        - ``hit`` (boolean): whether the try was answered, null where nobody noted it;
          true for a sign of life.
        """
        return [
            self._get_order_signals(company),
            self._get_incoming_signals(company),
            self._get_outgoing_signals(company),
            self._get_call_signals(company),
        ]

    @api.model
    def _get_order_signals(self, company):
        """Confirmed orders; an invoice has no hour."""
        return SQL(
            """
            SELECT partner_id, date_order AS moment, NULL AS channel, FALSE AS asked,
                   TRUE AS hit
              FROM sale_order
             WHERE company_id = %s
               AND state = 'sale'
            """,
            company.id,
        )

    @api.model
    def _get_incoming_signals(self, company):
        """E-mails, text messages and portal comments that contacts wrote."""
        return SQL(
            """
            SELECT message.author_id AS partner_id, message.date AS moment,
                   CASE WHEN message_type IN ('email', 'sms') THEN message_type
                   END AS channel,
                   FALSE AS asked, TRUE AS hit
              FROM mail_message AS message
              JOIN res_partner AS author ON author.id = message.author_id
             WHERE message_type IN ('email', 'sms', 'comment')
               AND author.partner_share
               AND (record_company_id = %s OR record_company_id IS NULL)
            """,
            company.id,
        )

    @api.model
    def _get_outgoing_signals(self, company):
        """E-mails and text messages that people of the company sent."""
        return SQL(
            """
            SELECT sent.res_partner_id AS partner_id, message.date AS moment,
                   sent.notification_type AS channel, TRUE AS asked,
                   NULL::boolean AS hit
              FROM mail_notification AS sent
              JOIN mail_message AS message ON message.id = sent.mail_message_id
              JOIN res_partner AS author ON author.id = message.author_id
             WHERE sent.notification_type IN ('email', 'sms')
               AND sent.notification_status IN ('pending', 'sent')
               AND sent.res_partner_id IS NOT NULL
               AND message_type IN ('comment', 'email_outgoing', 'sms')
               AND author.partner_share IS NOT TRUE
               AND (record_company_id = %s OR record_company_id IS NULL)
            """,
            company.id,
        )

    @api.model
    def _get_call_signals(self, company):
        """Calls marked as done on a contact, a lead or an order, when they were marked.

        Done tells that somebody called, not that the call was taken.
        """
        return SQL(
            """
            SELECT COALESCE(lead.partner_id, sale.partner_id, contact.id) AS partner_id,
                   message.date AS moment, 'call' AS channel, TRUE AS asked,
                   NULL::boolean AS hit
              FROM mail_message AS message
              JOIN mail_activity_type AS activity_type
                ON activity_type.id = message.mail_activity_type_id
               AND activity_type.category = 'phonecall'
              LEFT JOIN res_partner AS contact
                ON message.model = 'res.partner' AND contact.id = message.res_id
              LEFT JOIN crm_lead AS lead
                ON message.model = 'crm.lead' AND lead.id = message.res_id
              LEFT JOIN sale_order AS sale
                ON message.model = 'sale.order' AND sale.id = message.res_id
             WHERE COALESCE(lead.partner_id, sale.partner_id, contact.id) IS NOT NULL
               AND (record_company_id = %s OR record_company_id IS NULL)
            """,
            company.id,
        )
