"""People who do not exist, for the measurements: names of seven origins, written for this purpose and apart from the lists of the rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ORIGINS = {
    "nederlands": (
        "Annelies Bouwina Corneel Dieuwertje Eelko Froukje Geertruida Hidde Ineke Jeltje Klaske Lammert Marijke Nynke Oene Pleuni Reinder Sietske Teun Ursula Wiebe Ybeltje Zwaantje Job Lonneke Merijn Roelof Roos Iris Mees Sanne Bram Fleur Daan Tess",
        "Aalderink Bakker Cazemier|de Boer|van der Doelen|ten Eikelder Fokkema Groen|van 't Hullenaar Ijpelaar Jonkergouw Kattenwinkel|van Loosbroek Meulendijk Noordanus Oudkerk|van de Pasch Quartel Ruigrok Stolwijk Terpstra Uittenbogaard|van den Vondervoort Wieringa|de Wit Zuurbier|de Ruyter Jansen Visser|van Dijk|van den Berg",
    ),
    "turks": (
        "Ayşegül Batuhan Cansu Dilara Emrah Fadime Gökhan Hülya İbrahim Kübra Levent Meryem Nurten Onur Pınar Rabia Serkan Tuğba Ümit Volkan Yasemin Zeki Hatice Selim Sevgi Deniz",
        "Akpınar Büyükkaya Çobanoğlu Değirmenci Erkılıç Fidancı Gültekin Hacıoğlu İnceoğlu Kabakçı Mollaahmetoğlu Nalbant Öksüz Pehlivan Sarıkaya Tanrıverdi Uluçay Vural Yeşilyurt Zengin Yılmaz Demir Kaya",
    ),
    "marokkaans": (
        "Abdelhak Btissam Chaimae Driss Fadoua Ghizlane Houria Ilham Jawad Karima Loubna Mounir Naoual Othmane Redouan Soukaina Tarik Wafae Yassine Zakaria Mohamed Samira Rachida Amine",
        "Achkif|el Bouazzati Chahid|el Fassi Guenoun|el Haddioui Idabdellah Jelloul|el Kaddouri Lachkar|el Morabit Nejjari Ouaddouch Rhazoui Sadik Taouil|ben Yahia Zaïmi Amrani Bouzid|ait Hamou Benhammou",
    ),
    "pools": (
        "Bożena Czesław Danuta Elżbieta Franciszek Grażyna Halina Ireneusz Jadwiga Krzysztof Ludmiła Małgorzata Oliwia Przemysław Radosław Sławomir Tadeusz Urszula Wiesława Zdzisław Katarzyna Piotr",
        "Bartoszewicz Cieślak Dobrzyński Filipczuk Gąsiorowska Hryniewicz Iwaszkiewicz Jędrzejczyk Kołodziejska Łukasiewicz Mieczkowski Niedźwiecki Ogrodnik Pieńkowska Rzepecka Świątek Trzebiatowski Wasilewska Zawisza Kowalski Nowak",
    ),
    "surinaams": (
        "Aroen Bhoeshan Chandrika Dharmindre Faridabibi Gaitree Henna Indradj Jaswina Kishan Lilawatie Marlène Nirmala Orlando Purcy Radjin Sheila Sherida Tjandra Urmila Waldo Roshni Ruben Soenita",
        "Autar Baidjoe Chitanand Dwarkasing Etwaroo Gajapersad Hoeseinbaks Jhagroe Karamat Lobato Mohansingh Nelom Oemrawsingh Poetisi Ramnandanlal Sabajo Tirtosemito Wirht Kanhai Pinas|Rampersad",
    ),
    "chinees": (
        "Bao Chunhua Fengyi Guoliang Huifen Jiahui Kaiwen Lihua Meiling Ningxin Peishan Qiaolian Ruolan Shuyi Tingting Weixiong Xiaoyan Yongqi Zhenzhen Wei Hong",
        "Bian Chong Deng Fok Gan Hsieh Jiang Kuang Lok Mui Ngan Ou Pak Qiao Seto Tung Wen Xie Yip Zhuang Chen Wong",
    ),
    "anders": (
        "Abeba Bohdan Chinwe Dung Ebrima Fatoumata Giorgi Hamid Ioana Jovana Kwame Liubov Mulugeta Nasrin Olena Parwana Rezvan Selamawit Thuy Vasyl Wondimu Yordanos Zoltán Ahmed Maria",
        "Abdirahman Bocharnikov Chukwuemeka Dao Ejigu Farahani Gebreegziabher Hrynchuk Ismailzai Jovanović Khachatryan Lungu Mwangi Nazarzada Onyekachi Pashayev Rasoulzadeh Sesay Tesfagaber Vlašić Woldemichael Yusufzai Zahiri|da Conceição|dos Reis Nguyen Hassan",
    ),
}


def pick_names(origin: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Given names, and family names as (prefix, name)."""
    given, families = ORIGINS[origin]
    listed: list[tuple[str, str]] = []
    for place, part in enumerate(families.split("|")):
        words = part.split()
        if place and any(w[0].islower() or w[0] == "'" for w in words):
            cut = max(i for i in range(len(words)) if words[i][0].islower() or words[i][0] == "'") + 1
            listed.append((" ".join(words[:cut]), words[cut]))
            words = words[cut + 1 :]
        listed += [("", word) for word in words]
    return given.split(), listed


@dataclass
class Somebody:
    """One person with everything a note may say of them."""

    given: str
    prefix: str
    family: str
    sex: str
    born: date
    bsn: str
    phone: str
    email: str
    iban: str
    plate: str
    street: str
    number: str
    postcode: str
    town: str
    role: str = "third"
    relation: str = ""
    known: bool = False
    origin: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def surname(self) -> str:
        """The family name with its prefix, as it stands after a given name."""
        return f"{self.prefix} {self.family}".strip()

    def json(self) -> dict[str, Any]:
        """The person as SUBJECT.json has them."""
        told: dict[str, Any] = {
            "names": [{"given": self.given, "initials": self.given[0] + ".", "prefix": self.prefix, "family": self.family}],
            "gender": self.sex,
            "bsn": self.bsn,
            "birth_date": self.born.isoformat(),
            "addresses": [{"street": self.street, "number": self.number, "postcode": self.postcode, "city": self.town}],
            "emails": [self.email],
            "phones": [self.phone],
            "ibans": [self.iban],
            "plates": [self.plate],
        }
        if self.role == "official":
            told = {"names": [{"initials": self.given[0] + ".", "prefix": self.prefix, "family": self.family}], "gender": self.sex}
        return told


STREETS = [
    "Lijsterbeslaan",
    "Havikstraat",
    "Tulpenhof",
    "Oude",
    "Maasweg",
    "Burgemeester",
    "Reinaldaplein",
    "Dorpsstraat",
    "Annie",
    "Romeinlaan",
    "Korte",
    "Spinhuissteeg",
    "Vijverdreef",
    "Kanaalkade",
    "Prins",
    "Mauritssingel",
    "Molenpad",
]
_STREETS = [
    "Lijsterbeslaan",
    "Havikstraat",
    "Tulpenhof",
    "Oude Maasweg",
    "Burgemeester Reinaldaplein",
    "Dorpsstraat",
    "Annie Romeinlaan",
    "Korte Spinhuissteeg",
    "Vijverdreef",
    "Kanaalkade",
    "Prins Mauritssingel",
    "Molenpad",
    "Laan van Spartaan",
    "2e Goudsbloemdwarsstraat",
]
_TOWNS = ["Almelo", "Breda", "Culemborg", "Dokkum", "Emmeloord", "Geldrop", "Hoorn", "Kampen", "Leerdam", "Oss"]
_SUFFIX = ["", "", "", "a", " bis", "-2", "-III", " hs", "B"]


def bsn(chance: random.Random) -> str:
    """A BSN from the range kept for tests that passes the elfproef."""
    while True:
        digits = f"9999{chance.randrange(100000):05}"
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            return digits


def iban(chance: random.Random) -> str:
    """An IBAN of a Dutch bank that passes mod 97."""
    bank, account = chance.choice(["ABNA", "INGB", "RABO", "TRIO"]), f"{chance.randrange(10**9):010}"
    rest = "".join(str(int(c, 36)) for c in bank + account + "NL00")
    return f"NL{98 - int(rest) % 97:02}{bank}{account}"


def plate(chance: random.Random) -> str:
    """A plate of one of the newer sidecodes."""
    letters = "BDFGHJKLNPRSTVXZ"
    a, b, c = chance.choice(letters), chance.choice(letters), chance.choice(letters)
    n = f"{chance.randrange(100, 999)}"
    return chance.choice([f"{a}{b}-{n}-{c}", f"{n[:2]}-{a}{b}{c}-{n[2]}", f"{a}-{n}-{b}{c}", f"{n[:2]}-{a}{b}-{n[1:]}"])


def somebody(chance: random.Random, origin: str, surname: tuple[str, str] | None = None) -> Somebody:
    """One person of an origin, with the surname given or one of their own."""
    given, families = pick_names(origin)
    prefix, family = surname or chance.choice(families)
    name = chance.choice(given)
    from config.folding import squeeze

    mail = f"{chance.choice([name[0] + '.' + family, name + '.' + family, family + str(chance.randrange(60, 99)), name + family])}"
    local = "".join(c for c in "".join(squeeze(p) if p != "." else "." for p in mail.replace(".", " . ").split(" ")))
    return Somebody(
        name, prefix, family, chance.choice("fm"), date(1945, 1, 1) + timedelta(days=chance.randrange(25000)), bsn(chance), f"06{chance.randrange(10**8):08}",
        f"{local}@{chance.choice(['postvak.example', 'mail.example', 'kpnmail.example'])}", iban(chance), plate(chance), chance.choice(_STREETS),
        f"{chance.randrange(1, 240)}{chance.choice(_SUFFIX)}", f"{chance.randrange(1100, 9900)} {chance.choice('ABCDEGHKLMNPRTVWXZ')}{chance.choice('ABCDEGHKLMNPRTVWXZ')}",
        chance.choice(_TOWNS), origin=origin,
    )  # fmt: skip
