from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date, Domain
from odoo.http import request, route

from odoo.addons.crm_ir_base.tools.jalali import JalaliError
from odoo.addons.crm_ir_base.tools.jalali_text import parse_date
from odoo.addons.crm_ir_base.tools.text import normalize
from odoo.addons.loyalty.controllers.portal import CustomerPortalLoyalty
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.crm_ir_loyalty_rule import OCCASIONS

_MOVEMENTS_PER_PAGE = 20
_OLDEST_YEARS = 120
# the days that a member tells; the day of joining is known
_ASKED_KINDS = ("birthday", "wedding")


class CrmIrClubPortal(CustomerPortalLoyalty):
    """The page of a club for its members.

    Nothing here is found by an id or a name that the visitor sends: cards are those of
    the visitor's own contact and of its company, as orders and invoices are.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "club_count" in counters:
            values["club_count"] = len(self._club_cards())
        return values

    @route(
        [
            "/my/club",
            "/my/club/page/<int:page>",
            "/my/club/<int:card_id>",
            "/my/club/<int:card_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_club(self, card_id=None, page=1, code=None, **_others):
        if card_id and card_id not in self._club_cards().ids:
            return request.redirect("/my/club")
        return self._render_club(card_id, page, friend_code=code)

    @route("/my/club/friend", type="http", auth="user", website=True, methods=["POST"])
    def portal_my_club_friend(self, code="", **_others):
        """Note who brought the visitor, by the code of a member."""
        code = normalize(code).strip()
        error = None
        try:
            # no numbers of telephones, which would tell who is a member
            if len(code) != 8:
                raise UserError(code)
            with request.env.cr.savepoint():
                request.env.user.partner_id._l10n_ir_refer(code)
        except ValidationError:
            error = request.env._(
                "This code cannot be used: a friend brings a new customer, from outside"
                " their own home and company."
            )
        except UserError:
            error = request.env._(
                "No member has this code. It is of 8 digits; write it as you got it."
            )
        if error:
            return self._render_club(friend_code=code, friend_error=error)
        return request.redirect("/my/club")

    @route("/my/club/days", type="http", auth="user", website=True, methods=["POST"])
    def portal_my_club_days(self, **post):
        """Note days of the visitor that the club celebrates, each of them once."""
        values, errors = {}, {}
        today = request.env["crm.ir.loyalty.movement"]._today()
        for name in self._asked_days():
            text = post.get(name) or ""
            if not text.strip():
                continue
            try:
                day = parse_date(text, gregorian=True)
            except JalaliError:
                day = None
            if day and Date.subtract(today, years=_OLDEST_YEARS) <= day <= today:
                values[name] = day
            else:
                errors[name] = request.env._(
                    "This is no day of the past. Write year, month and day, such as"
                    " 1370/05/23."
                )
        if errors:
            return self._render_club(day_texts=post, day_errors=errors)
        request.env.user.partner_id.sudo().write(values)
        return request.redirect("/my/club")

    def _render_club(self, card_id=None, page=1, **values):
        cards = self._club_cards()
        card = cards.browse(card_id) if card_id else cards[:1]
        values = {
            "friend_code": None,
            "friend_error": None,
            "day_texts": {},
            "day_errors": {},
            **values,
            **self._prepare_portal_layout_values(),
            "page_name": "club",
            "cards": cards,
            "card": card,
            "may_be_brought": self._may_be_brought(),
            "asked_days": self._asked_days(),
        }
        if card:
            values |= card._l10n_ir_portal_values() | self._club_history(card, page)
            base_url = request.httprequest.url_root.rstrip("/")
            referral_code = card.partner_id.l10n_ir_referral_code
            values["referral_url"] = f"{base_url}/my/club?code={referral_code}"
        return request.render("crm_ir_loyalty.portal_my_club", values)

    def _club_cards(self):
        """The visitor's own cards, then those of the company they belong to."""
        partner = request.env.user.partner_id
        cards = (
            request.env["loyalty.card"]
            .sudo()
            .search(
                [
                    (
                        "partner_id",
                        "in",
                        (partner | partner.commercial_partner_id).ids,
                    ),
                    *self._shown_clubs("program_id."),
                ],
                order="id",
            )
        )
        return cards.sorted(lambda card: card.partner_id != partner)

    def _shown_clubs(self, path=""):
        return [
            (f"{path}active", "=", True),
            (f"{path}program_type", "=", "loyalty"),
            (f"{path}portal_visible", "=", True),
        ]

    def _club_history(self, card, page):
        movements = request.env["crm.ir.loyalty.movement"].sudo()
        of_card = [("card_id", "=", card.id)]
        pager = portal_pager(
            url=f"/my/club/{card.id}",
            total=movements.search_count(of_card),
            page=page,
            step=_MOVEMENTS_PER_PAGE,
        )
        return {
            "pager": pager,
            "movements": movements.search(
                of_card, limit=_MOVEMENTS_PER_PAGE, offset=pager["offset"]
            ),
        }

    def _may_be_brought(self):
        """Whether a member could still name the visitor as a friend they brought."""
        partner = request.env.user.partner_id.sudo()
        people = partner | partner.commercial_partner_id
        rewarded = Domain("kind", "in", ["referral", "friend"]) & Domain(
            self._shown_clubs("program_id.")
        )
        return (
            not people.l10n_ir_referral_ids
            and not partner._l10n_ir_has_paid()
            and bool(
                request.env["crm.ir.loyalty.rule"]
                .sudo()
                .search_count(rewarded, limit=1)
            )
        )

    def _asked_days(self):
        """The empty fields of the visitor's own days that one of their clubs celebrates."""
        partner = request.env.user.partner_id
        own = self._club_cards().filtered(lambda card: card.partner_id == partner)
        kinds = own.program_id.l10n_ir_rule_ids.mapped("kind")
        return [
            OCCASIONS[kind]
            for kind in _ASKED_KINDS
            if kind in kinds and not partner[OCCASIONS[kind]]
        ]

    # Stock's pages of a card tell the same

    @route()
    def portal_my_loyalty_card_history(self, card_id, **kw):
        """Override: the ledger of a club's card is on the page of the club."""
        if card_id in self._club_cards().ids:
            return request.redirect(f"/my/club/{card_id}")
        return super().portal_my_loyalty_card_history(card_id, **kw)

    @route()
    def portal_get_card_history_values(self, card_id):
        """Override: the last movements of the ledger, which knows more than orders."""
        values = super().portal_get_card_history_values(card_id)
        card = self._club_cards().filtered(lambda card: card.id == int(card_id))
        if values and card:
            values["history_lines"] = [
                {
                    "order_id": False,
                    "order_portal_url": False,
                    "description": row.reason,
                    "points": f"{'-' if row.points < 0 else '+'}"
                    f"{card._format_points(abs(row.points))}",
                }
                for row in self._club_history(card, 1)["movements"][:5]
            ]
        return values
