from . import test_dashboard
from . import test_fiscal_year
from . import test_lock_dates
from . import test_numbers
from . import test_numbers_concurrency
from . import test_payment_terms
from . import test_resequence
