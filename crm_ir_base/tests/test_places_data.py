import csv
import re
import unicodedata
from collections import Counter

from odoo.tests import BaseCase
from odoo.tools import file_open

# ISO 3166-2:IR, codes and names as Debian's iso-codes 4.15 and pycountry 26.2.16 give them.
ISO_NAMES = {
    "IR-00": "Markazī",
    "IR-01": "Gīlān",
    "IR-02": "Māzandarān",
    "IR-03": "Āz̄ārbāyjān-e Shārqī",
    "IR-04": "Āz̄ārbāyjān-e Ghārbī",
    "IR-05": "Kermānshāh",
    "IR-06": "Khūzestān",
    "IR-07": "Fārs",
    "IR-08": "Kermān",
    "IR-09": "Khorāsān-e Raẕavī",
    "IR-10": "Eşfahān",
    "IR-11": "Sīstān va Balūchestān",
    "IR-12": "Kordestān",
    "IR-13": "Hamadān",
    "IR-14": "Chahār Maḩāl va Bakhtīārī",
    "IR-15": "Lorestān",
    "IR-16": "Īlām",
    "IR-17": "Kohgīlūyeh va Bowyer Aḩmad",
    "IR-18": "Būshehr",
    "IR-19": "Zanjān",
    "IR-20": "Semnān",
    "IR-21": "Yazd",
    "IR-22": "Hormozgān",
    "IR-23": "Tehrān",
    "IR-24": "Ardabīl",
    "IR-25": "Qom",
    "IR-26": "Qazvīn",
    "IR-27": "Golestān",
    "IR-28": "Khorāsān-e Shomālī",
    "IR-29": "Khorāsān-e Jonūbī",
    "IR-30": "Alborz",
}
CAPITALS = (
    "اراک رشت ساری تبریز ارومیه کرمانشاه اهواز شیراز کرمان مشهد اصفهان زاهدان سنندج همدان "
    "شهرکرد خرم_آباد ایلام یاسوج بوشهر زنجان سمنان یزد بندرعباس تهران اردبیل قم قزوین گرگان "
    "بجنورد بیرجند کرج"
)
KNOWN_CITIES = {
    "IR-01": ["بندرانزلی"],
    "IR-02": ["رامسر"],
    "IR-04": ["مهاباد"],
    "IR-06": ["آبادان"],
    "IR-08": ["بم"],
    "IR-09": ["نیشابور", "گناباد"],
    "IR-10": ["کاشان"],
    "IR-11": ["چابهار"],
    "IR-12": ["بانه"],
    "IR-13": ["ملایر"],
    "IR-18": ["عسلویه"],
    "IR-20": ["شاهرود"],
    "IR-22": ["قشم", "کیش"],
    "IR-23": ["پردیس"],
    "IR-29": ["طبس"],
    "IR-30": ["کرج"],
}
PERSIAN_NAME = "[ءآئؤابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]+"
SPELLINGS = str.maketrans("آئؤ", "ایو", "ء ")

# One sign for each sound that both scripts write; vowels, و ی ع and h are written in one only.
PERSIAN_SOUNDS = str.maketrans(
    "ثسصذزضظتطغقبپجچخدرژشفکگلمن", "ssszzzzttqqbpjčxdržšfkglmn", "آاءئؤحعهوی "
)
LATIN_SOUNDS = {"kh": "x", "gh": "q", "sh": "š", "ch": "č", "zh": "ž"}


def persian_sounds(name):
    return re.sub(
        r"(.)\1+", r"\1", name.replace("الدین", "دین").translate(PERSIAN_SOUNDS)
    )


def latin_sounds(name):
    letters = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(each for each in letters if each.isalpha())
    letters = re.sub("[kgscz]h", lambda digraph: LATIN_SOUNDS[digraph[0]], letters)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouvwyh]", "", letters))


def read(name):
    with file_open(f"crm_ir_base/data/places/{name}.csv") as file:
        return list(csv.DictReader(file))


class TestPlacesData(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provinces = read("provinces")
        cls.cities = read("cities")

    def test_every_iso_code_names_its_province(self):
        self.assertEqual([row["iso"] for row in self.provinces], list(ISO_NAMES))
        for row in self.provinces:
            self.assertEqual(
                persian_sounds(row["name_fa"]), latin_sounds(ISO_NAMES[row["iso"]])
            )

    def test_at_least_1100_cities_over_all_provinces(self):
        self.assertGreaterEqual(len(self.cities), 1100)
        counts = Counter(row["province_iso"] for row in self.cities)
        self.assertEqual(set(counts), set(ISO_NAMES))
        self.assertGreaterEqual(min(counts.values()), 5)

    def test_the_capital_is_among_the_cities_of_its_province(self):
        cities = {(row["province_iso"], row["name_fa"]) for row in self.cities}
        for row, capital in zip(self.provinces, CAPITALS.split(), strict=True):
            self.assertEqual(row["capital"], capital.replace("_", " "))
            self.assertIn((row["iso"], row["capital"]), cities)

    def test_well_known_cities_are_in_their_province_and_no_other(self):
        for iso, names in KNOWN_CITIES.items():
            for name in names:
                found = {
                    row["province_iso"] for row in self.cities if row["name_fa"] == name
                }
                # A second مهاباد lies near Ardestan, in the province of Isfahan.
                self.assertEqual(
                    found, {iso} | ({"IR-10"} if name == "مهاباد" else set())
                )

    def test_persian_names_hold_persian_letters_and_single_spaces_only(self):
        for row in self.provinces + self.cities:
            self.assertRegex(row["name_fa"], rf"^{PERSIAN_NAME}( {PERSIAN_NAME})*$")
            self.assertNotRegex(row["name_fa"], "^(استان|شهرستان) ")
            if row["name_fa"] not in ("بهاباد", "گناباد", "مهاباد"):
                self.assertNotRegex(row["name_fa"], "اباد$")

    def test_no_name_occurs_twice_in_a_province_however_it_is_written(self):
        for language in ("name_fa", "name_en"):
            names = Counter(
                (row["province_iso"], row[language].translate(SPELLINGS).lower())
                for row in self.cities
            )
            self.assertEqual([name for name, count in names.items() if count > 1], [])

    def test_the_english_name_sounds_like_the_persian_one(self):
        for row in self.cities:
            self.assertRegex(row["name_en"], "^[A-Z][A-Za-z]*([ -][A-Za-z]+)*$")
            self.assertEqual(
                persian_sounds(row["name_fa"]), latin_sounds(row["name_en"]), row
            )

    def test_province_aliases_are_other_spellings_of_one_province(self):
        aliases = [
            alias
            for row in self.provinces
            for alias in row["aliases"].split(";")
            if alias
        ]
        names = [row["name_fa"] for row in self.provinces]
        self.assertEqual(len(set(aliases + names)), len(aliases + names))
        self.assertIn("چهارمحال بختیاری", aliases)
