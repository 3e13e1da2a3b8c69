from . import iap_autocomplete_api, res_partner
