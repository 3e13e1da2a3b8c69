"""A pytest plugin: tests not tagged `standard` are left to Odoo's own runner."""


def pytest_collection_modifyitems(config, items):
    other = [item for item in items if "standard" not in _tags(item)]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in other]


def _tags(item):
    return getattr(getattr(item, "cls", None), "test_tags", {"standard"})
