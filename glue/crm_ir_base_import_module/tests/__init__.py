from . import test_industry_switch
