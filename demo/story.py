"""The people of the story, from `systems/people.yaml`, as residents of the town."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from demo.texts import read
from demo.town import CITY, CITY_CODE, Home, Resident, Stay, Town, Union


def told() -> Town:
    """The town with nobody in it but the people of the story."""
    story = read("systems/people.yaml")
    homes = {name: Home(**facts, serial=number) for number, (name, facts) in enumerate(story["homes"].items(), 1)}
    people = {facts["id"]: _resident(facts, homes) for facts in story["people"]}
    cast = {name: person.bsn for name, person in people.items()}
    unions = [_union(facts, cast) for facts in story["unions"]]
    parents = {cast[child]: tuple(cast[name] for name in names) for child, names in story["children"].items()}
    return Town({person.bsn: person for person in people.values()}, unions, parents, cast)


def _resident(facts: Mapping[str, Any], homes: Mapping[str, Home]) -> Resident:
    country = tuple(facts.get("country", ("6030", "Nederland")))
    place = ("", facts["place"]) if "place" in facts else (CITY_CODE, CITY)
    return Resident(
        bsn=facts["bsn"], given=facts["given"], family=facts["family"], gender=facts["gender"], born=date.fromisoformat(facts["born"]),
        stays=_stays(facts, homes), prefix=facts.get("prefix", ""), call=facts.get("call", ""), naming=facts.get("naming", "E"),
        born_as=facts.get("born_as", "dag"), birthplace=place, country=(country[0], country[1]),
        nationality=tuple(facts.get("nationality", ("0001", "Nederlandse"))),
        died=date.fromisoformat(facts["died"]) if "died" in facts else None, secret=facts.get("secret", False),
        phone=facts.get("phone", ""), email=facts.get("email", ""), account=facts.get("bank", ""), plate=facts.get("plate", ""),
    )  # fmt: skip


def _stays(facts: Mapping[str, Any], homes: Mapping[str, Home]) -> tuple[Stay, ...]:
    earlier = [Stay(homes[home], date.fromisoformat(since), date.fromisoformat(until)) for home, since, until in facts.get("earlier", ())]
    return (*earlier, Stay(homes[facts["home"]], date.fromisoformat(facts["since"])))


def _union(facts: Mapping[str, str], cast: Mapping[str, str]) -> Union:
    until = date.fromisoformat(facts["until"]) if "until" in facts else None
    return Union(cast[facts["one"]], cast[facts["other"]], date.fromisoformat(facts["since"]), until, facts["kind"])
