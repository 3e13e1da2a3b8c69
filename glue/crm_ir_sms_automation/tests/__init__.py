from . import common, test_automation
