from . import test_font_switch
