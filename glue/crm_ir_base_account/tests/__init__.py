from . import test_card_on_invoice, test_rial_entries, test_toman
from . import test_identity_on_invoice
