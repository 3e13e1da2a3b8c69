{
    "name": "Iran - CRM Base: Geolocation",
    "summary": "Switch for the coordinates of addresses",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_base", "base_geolocalize"],
    "auto_install": True,
}
