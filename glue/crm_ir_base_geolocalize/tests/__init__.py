from . import test_geocoding_switch
