"""Facts for the templates that say for which municipality somebody asks."""

from collections.abc import Callable, Mapping

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey, MunicipalityKind

# Where it is said beside other things.
_BESIDE = frozenset(
    {
        "export/person",
        "export/ticket",
        "info/my_data",
        "info/show",
        "info/status",
        "ticket/opened",
        "ticket/opened_without_text",
    }
)


def facts_of_municipalities(
    template: str, words: Callable[[str], str], *, plenty: bool
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    known = {"municipality": _town(words) if plenty else None}
    if template in _BESIDE:
        return known
    match template:
        case "municipality/asked":
            return {"shared": plenty}
        case "municipality/bound":
            return {**known, "shared": plenty, "tickets": 12 if plenty else 0}
        case "municipality/choice":
            return {"choices": (_town(words),) * (8 if plenty else 2)}
        case "info/municipality":
            return {**known, "shared": plenty}
        case "refusal/not_among_choices":
            return {"count": 8 if plenty else 2}
        case "refusal/municipality_not_found":
            return {"nearest": [_district(words), _town(words)] if plenty else []}
    return {}


def _town(words: Callable[[str], str]) -> Municipality:
    return Municipality(
        key=MunicipalityKey("120695904216"),
        name=words("name"),
        official_name=words("name"),
        kind=MunicipalityKind.MUNICIPALITY,
        district_key=MunicipalityKey("12069"),
        district=words("name"),
    )


def _district(words: Callable[[str], str]) -> Municipality:
    return Municipality(
        key=MunicipalityKey("12069"),
        name=words("name"),
        official_name=words("name"),
        kind=MunicipalityKind.DISTRICT,
        district_key=MunicipalityKey("12069"),
        district=words("name"),
        plate="PM",
    )
