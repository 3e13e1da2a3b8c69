"""Persian translations: each term has one, and none is a guess."""

import polib

from . import layout


def findings() -> list[str]:
    found = []
    for path in layout.modules().values():
        template, persian = path / "i18n" / f"{path.name}.pot", path / "i18n" / "fa.po"
        if not persian.is_file():
            continue
        catalogue = polib.pofile(str(persian))
        where = persian.relative_to(layout.ROOT)
        for entry in catalogue:
            if entry.obsolete or not entry.msgid:
                continue
            if entry.fuzzy or not entry.translated():
                state = "is fuzzy" if entry.fuzzy else "has no translation"
                found.append(f"{where}:{entry.linenum}: {entry.msgid!r} {state}")
        if template.is_file():
            known = {entry.msgid for entry in catalogue if not entry.obsolete}
            missing = [entry.msgid for entry in polib.pofile(str(template))]
            found += [
                f"{where}: {term!r} is missing" for term in missing if term not in known
            ]
    return found
