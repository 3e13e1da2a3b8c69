from . import base_geocoder
