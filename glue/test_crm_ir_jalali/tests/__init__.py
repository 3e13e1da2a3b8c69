from . import test_other_screens, test_quotation
