"""What manifests declare and what requirements.txt installs is one list, with bounds."""

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from . import layout

FILE = layout.ROOT / "requirements.txt"


def findings() -> list[str]:
    required = {
        canonicalize_name(requirement.name): requirement
        for line in FILE.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
        for requirement in [Requirement(line)]
    }
    found = [
        f"{FILE.name}: {name} needs a lower and an upper bound"
        for name, requirement in required.items()
        if not {"<", ">="} <= {bound.operator for bound in requirement.specifier}
    ]
    for module, path in layout.modules().items():
        declared = layout.manifest(path).get("external_dependencies", {})
        for text in declared.get("python", []):
            name = canonicalize_name(Requirement(text).name)
            if name not in required:
                found.append(f"{module}: {name} is not in {FILE.name}")
    return found
