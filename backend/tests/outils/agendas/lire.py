"""Reads calendars with libraries of three families, and says what each one read.

Argument: a folder. Its *.ics files are read by icalendar (Python), vobject (Python, another author: Radicale's) and libical
(C: GNOME's and KDE's). Prints JSON: {reader: {file: [event, …]}}.
"""

import ctypes
import json
import pathlib
import sys
from datetime import timezone

import icalendar
import vobject

VEVENT = 4


class Instant(ctypes.Structure):
    """struct icaltimetype, of libical 3."""

    _fields_ = [
        (nom, ctypes.c_int)
        for nom in ("annee", "mois", "jour", "heure", "minute", "seconde", "date_seule", "ete")
    ] + [("zone", ctypes.c_void_p)]


def libical():
    lib = ctypes.CDLL("libical.so.3")
    pointeur, texte = ctypes.c_void_p, ctypes.c_char_p
    for nom, rend, prend in [
        ("icalparser_parse_string", pointeur, [texte]),
        ("icalcomponent_get_first_component", pointeur, [pointeur, ctypes.c_int]),
        ("icalcomponent_get_next_component", pointeur, [pointeur, ctypes.c_int]),
        ("icalcomponent_count_errors", ctypes.c_int, [pointeur]),
        ("icalcomponent_get_sequence", ctypes.c_int, [pointeur]),
        ("icalcomponent_get_uid", texte, [pointeur]),
        ("icalcomponent_get_summary", texte, [pointeur]),
        ("icalcomponent_get_location", texte, [pointeur]),
        ("icalcomponent_get_description", texte, [pointeur]),
        ("icalcomponent_get_dtstamp", Instant, [pointeur]),
        ("icalcomponent_get_dtstart", Instant, [pointeur]),
        ("icalcomponent_get_dtend", Instant, [pointeur]),
        ("icaltimezone_get_utc_timezone", pointeur, []),
        ("icaltime_convert_to_zone", Instant, [Instant, pointeur]),
    ]:
        fonction = getattr(lib, nom)
        fonction.restype, fonction.argtypes = rend, prend
    return lib


def par_libical(octets, lib):
    calendrier = lib.icalparser_parse_string(octets)
    if not calendrier or lib.icalcomponent_count_errors(calendrier):
        raise ValueError("refused by libical")
    utc = lib.icaltimezone_get_utc_timezone()

    def instant(lu):
        t = lib.icaltime_convert_to_zone(lu, utc)
        return f"{t.annee:04}-{t.mois:02}-{t.jour:02}T{t.heure:02}:{t.minute:02}:{t.seconde:02}Z"

    def texte(lu):
        return lu.decode() if lu is not None else ""

    evenements = []
    un = lib.icalcomponent_get_first_component(calendrier, VEVENT)
    while un:
        evenements.append({
            "uid": texte(lib.icalcomponent_get_uid(un)),
            "sequence": lib.icalcomponent_get_sequence(un),
            "dtstamp": instant(lib.icalcomponent_get_dtstamp(un)),
            "debut": instant(lib.icalcomponent_get_dtstart(un)),
            "fin": instant(lib.icalcomponent_get_dtend(un)),
            "titre": texte(lib.icalcomponent_get_summary(un)),
            "lieu": texte(lib.icalcomponent_get_location(un)),
            "description": texte(lib.icalcomponent_get_description(un)),
        })
        un = lib.icalcomponent_get_next_component(calendrier, VEVENT)
    return evenements


def instant(quand):
    return quand.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def par_icalendar(texte):
    return [
        {
            "uid": str(un["UID"]),
            "sequence": int(un["SEQUENCE"]),
            "dtstamp": instant(un.decoded("DTSTAMP")),
            "debut": instant(un.decoded("DTSTART")),
            "fin": instant(un.decoded("DTEND")),
            "titre": str(un["SUMMARY"]),
            "lieu": str(un.get("LOCATION", "")),
            "description": str(un["DESCRIPTION"]),
        }
        for un in icalendar.Calendar.from_ical(texte).walk("VEVENT")
    ]


def par_vobject(texte):
    calendrier = vobject.readOne(texte)
    return [
        {
            "uid": un.uid.value,
            "sequence": int(un.sequence.value),
            "dtstamp": instant(un.dtstamp.value),
            "debut": instant(un.dtstart.value),
            "fin": instant(un.dtend.value),
            "titre": un.summary.value,
            "lieu": un.location.value if hasattr(un, "location") else "",
            "description": un.description.value,
        }
        for un in getattr(calendrier, "vevent_list", [])
    ]


def main():
    lib = libical()
    lus = {"libical": {}, "icalendar": {}, "vobject": {}}
    for fichier in sorted(pathlib.Path(sys.argv[1]).glob("*.ics")):
        octets = fichier.read_bytes()
        lus["libical"][fichier.name] = par_libical(octets, lib)
        lus["icalendar"][fichier.name] = par_icalendar(octets.decode())
        lus["vobject"][fichier.name] = par_vobject(octets.decode())
    json.dump(lus, sys.stdout)


main()
