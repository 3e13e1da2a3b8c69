from . import test_baskets
from . import test_points
from . import test_purchases
from . import test_till
from . import test_translations
