#!/usr/bin/env python3
"""A synthetic national register of vehicles: one JSON object a line, as casework imports it.

    tools/synthetic_vehicles.py --state RO --count 100000 --seed 1 > FILE

The same State, count and seed give the same bytes for ever. Nobody in it exists: every family name
and every firm ends in TEST, every VIN bears TEST behind the maker's code. The first vehicle of
Bulgaria, Romania and Serbia has the plate that the demo asks for.
"""
import argparse
import bisect
import datetime
import itertools
import json
import pathlib
import random
import sys

data = pathlib.Path(__file__).resolve().parent.parent / "data" / "demo"

count_max = 1_000_000
first_day, last_day = datetime.date(1998, 1, 1), datetime.date(2026, 3, 31)
oldest_birth, youngest_birth = datetime.date(1938, 1, 1), datetime.date(2007, 12, 31)
stolen_share = 0.01
same_person_share, legal_entity_share = 0.80, 0.10  # the rest: two different persons
strong_factor = 8

demo_plates = {"BG": "CA 1234 AB", "RO": "B 123 ABC", "RS": "BG 123-AA"}

colours = {"grey": 24, "black": 20, "white": 19, "silver": 12, "blue": 11, "red": 7, "green": 3,
           "brown": 2, "beige": 1, "yellow": 1}

# What plates look like: 9 a digit that may be 0, 1 one that may not, L a letter of the Party's
# plates, @ the code of the place; several shapes with their weights. As search/plate.cpp knows them.
plate_shapes = {
    "AL": {"LL 999 LL": 1}, "AT": {"@ 1999L": 2, "@ 199LL": 3},
    "BA": {"L99-L-999": 1}, "BG": {"@ 9999 LL": 1},
    "HR": {"@ 1999-LL": 3, "@ 999-LL": 2}, "HU": {"LLL-999": 3, "LL LL-999": 1},
    "MD": {"LLL 999": 1}, "ME": {"@ LL999": 1}, "MK": {"@ 1999-LL": 1},
    "RO": {"@ 99 LLL": 1}, "RS": {"@ 999-LL": 2, "@ 1999-LL": 3}, "SI": {"@ 99-9LL": 1},
}
bucharest_shape = {"@ 999 LLL": 3, "@ 99 LLL": 1}
austrian_city_shape = {"@ 19999L": 2, "@ 1999LL": 3}  # a code of one letter
plate_letters = {
    "BA": "AEJKMOT", "BG": "ABEKMHOPCTYX", "HR": "ABCDEFGHIJKLMNOPRSTUVZ",
    "RO": "ABCDEFGHJKLMNPRSTUVWXYZ", "RS": "ABCDEFGHIJKLMNOPRSTUVZ", "MD": "ABCDEFGHJKLMNPRSTUVWXYZ",
}
other_letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
vin_letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
model_years = "WXY123456789ABCDEFGHJKLMNPRST"  # 1998 ... 2026 (ISO 3779 order)

cyrillic = {"BG", "MK", "RS"}
# Bulgaria: Transliteration Act, State Gazette 19/2009. Serbia: the State's own Latin alphabet.
# North Macedonia: digraphs as its travel documents write them.
latin_letters = {
    "BG": dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя",
                   "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split())),
    "MK": dict(zip("абвгдѓежзѕијклљмнњопрстќуфхцчџш",
                   "a b v g d gj e zh z dz i j k l lj m n nj o p r s t kj u f h c ch dj sh".split())),
    "RS": dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
                   "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split())),
}
# Plates that differ only in a mark above a letter would be one plate to a person at a border.
unmarked = str.maketrans("ŠĐČĆŽ", "SDCCZ", " -")


def read_table(name):
    """The rows of a file of ours as dictionaries."""
    lines = [line for line in (data / name).read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


class Weighted:
    """Picks by weight. Stands on Random.random() alone, which no Python version has changed."""

    def __init__(self, items, weights):
        self.items = list(items)
        self.sums = list(itertools.accumulate(weights))

    def pick(self, rng):
        return self.items[bisect.bisect(self.sums, rng.random() * self.sums[-1])]


def by_rank(items):
    """The most frequent first, falling like names do."""
    return Weighted(items, [1 / (rank + 8) for rank in range(len(items))])


def pick(rng, items):
    return items[int(rng.random() * len(items))]


def day_between(rng, first, last):
    return first + datetime.timedelta(days=int(rng.random() * ((last - first).days + 1)))


def to_latin(state, text):
    letters = latin_letters[state]
    words = []
    for word in text.split(" "):
        ending = ""
        if state == "BG" and word.endswith("ия"):  # the act's own exception: София is Sofia
            word, ending = word[:-2], "ia"
        out = ""
        for place, letter in enumerate(word):
            latin = letters.get(letter.lower(), letter)
            if letter != letter.lower():
                shouted = len(word) > 1 and word[place - (place > 0)].isupper() \
                    and word[min(place + 1, len(word) - 1)].isupper()
                latin = latin.upper() if shouted else latin.capitalize()
            out += latin
        words.append(out + ending)
    return " ".join(words)


def of_a_woman(state, family):
    if state == "BG" or state == "MK":
        if family.endswith(("ов", "ев")):
            return family + "а"
        if family.endswith(("ски", "цки")):
            return family[:-1] + "а"
    return family


class Party:
    """What is read of one State, ready to pick from."""

    def __init__(self, state):
        self.state = state
        names = {row["what"]: row["names"].split(" ") for row in read_table("names.tsv")
                 if row["party"] == state}
        self.families = by_rank(names["family"])
        self.given = {sex: by_rank(names["given-" + sex]) for sex in ("male", "female")}
        places = [row for row in read_table("places.tsv") if row["party"] == state]
        self.places = Weighted([(row["code"], row["town"]) for row in places],
                               [int(row["weight"]) for row in places])
        form = next(row for row in read_table("forms.tsv") if row["party"] == state)
        self.address_form = form["address"]
        self.streets = form["streets"].split(";")
        self.firm_forms = form["firms"].split(";")
        self.firm_words = form["firm-words"].split(";")
        self.letters = plate_letters.get(state, other_letters)
        self.shapes = self.weighted(plate_shapes[state])
        longer = {"RO": bucharest_shape, "AT": austrian_city_shape}.get(state)
        self.shapes_of_one_letter = self.weighted(longer) if longer else self.shapes
        self.colours = self.weighted(colours)
        self.models_of_year = self.read_models()

    @staticmethod
    def weighted(table):
        return Weighted(table, table.values())

    def read_models(self):
        rows = read_table("vehicles.tsv")
        out = {}
        for year in range(first_day.year, last_day.year + 1):
            sold = [row for row in rows if int(row["from"]) <= year <= int(row["until"])]
            out[year] = Weighted(sold, [
                int(row["weight"]) * (strong_factor if self.state in row["strong-in"] else 1)
                for row in sold])
        return out

    def place_of(self, plate):
        return next(place for place in self.places.items if place[0] == plate.split(" ")[0])

    def plate(self, rng, code):
        short = len(code) == 1
        shape = (self.shapes_of_one_letter if short else self.shapes).pick(rng)
        out = ""
        for mark in shape:
            out += (code if mark == "@" else pick(rng, self.letters) if mark == "L"
                    else pick(rng, "0123456789") if mark == "9"
                    else pick(rng, "123456789") if mark == "1" else mark)
        # No series begins at nought.
        return out if any(digit in out for digit in "123456789") else self.plate(rng, code)

    def address(self, rng, town):
        return self.address_form.format(
            town=town, street=pick(rng, self.streets), number=1 + int(rng.random() * 180))

    def with_latin(self, person, family):
        if self.state in cyrillic:
            latin = {"familyName": to_latin(self.state, family) + " TEST"}
            for field in ("givenName", "address"):
                if field in person:
                    latin[field] = to_latin(self.state, person[field])
            person["latin"] = latin
        return person

    def person(self, rng, town):
        sex = "male" if rng.random() < 0.55 else "female"
        family = self.families.pick(rng)
        if sex == "female":
            family = of_a_woman(self.state, family)
        return self.with_latin({
            "familyName": family + " TEST", "givenName": self.given[sex].pick(rng),
            "legalEntity": False,
            "birthDate": day_between(rng, oldest_birth, youngest_birth).isoformat(),
            "address": self.address(rng, town)}, family)

    def firm(self, rng, town):
        name = pick(rng, self.firm_forms).format(word=pick(rng, self.firm_words))
        return self.with_latin({"familyName": name + " TEST", "legalEntity": True,
                                "address": self.address(rng, town)}, name)

    def holder_and_owner(self, rng, town):
        holder = self.person(rng, town)
        share = rng.random()
        if share < same_person_share:
            return holder, holder
        if share < same_person_share + legal_entity_share:
            return holder, self.firm(rng, self.places.pick(rng)[1])
        return holder, self.person(rng, self.places.pick(rng)[1])


def unique(make, taken, key):
    for _ in range(1000):
        value = make()
        if key(value) not in taken:
            taken.add(key(value))
            return value
    sys.exit("synthetic_vehicles: no free plate or VIN left for so many vehicles")


def vehicles(state, count, seed):
    rng = random.Random(f"comity vehicles {state} {seed}")  # text seeds are hashed by SHA-512
    party = Party(state)
    demo_plate = demo_plates.get(state)
    plates, vins = {(demo_plate or "").translate(unmarked)}, set()
    for number in range(count):
        fixed = demo_plate if number == 0 else None
        code, town = party.place_of(fixed) if fixed else party.places.pick(rng)
        registered = day_between(rng, first_day, last_day)
        model = party.models_of_year[registered.year].pick(rng)
        year = model_years[registered.year - first_day.year]

        def vin():
            tail = "".join(pick(rng, vin_letters) for _ in range(3))
            return f"{model['wmi']}TEST{tail[:2]}{year}{tail[2]}{int(rng.random() * 1e6):06d}"

        plate = fixed or unique(
            lambda: party.plate(rng, code), plates, lambda text: text.translate(unmarked))
        holder, owner = party.holder_and_owner(rng, town)
        yield {"plate": plate, "registrationState": state, "vin": unique(vin, vins, str),
               "make": model["make"], "model": model["model"], "category": model["category"],
               "colour": party.colours.pick(rng), "firstRegistration": registered.isoformat(),
               "stolen": number > 0 and rng.random() < stolen_share,
               "holder": holder, "owner": owner}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", required=True, choices=sorted(plate_shapes))
    parser.add_argument("--count", required=True, type=int, help=f"1 to {count_max}")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not 1 <= asked.count <= count_max:
        parser.error(f"--count: {asked.count} is not 1 to {count_max}")
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", buffering=1 << 20, newline="\n")
    for vehicle in vehicles(asked.state, asked.count, asked.seed):
        out.write(encode(vehicle) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
