from . import test_autocomplete_switch
