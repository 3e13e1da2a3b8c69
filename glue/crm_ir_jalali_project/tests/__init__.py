from . import test_burndown
