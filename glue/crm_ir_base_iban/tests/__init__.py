from . import test_iban
