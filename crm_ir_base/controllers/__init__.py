from . import html_editor
from . import import_report
from . import portal
