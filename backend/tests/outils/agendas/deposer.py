"""Puts calendars in a CalDAV server (Radicale), asked as the web server in front of it would ask.

Argument: a folder. Its *.ics files are put one after the other, in the order of their names: `N-UID.ics` at `UID.ics` of one
collection, `N-flux.ics` as a collection of its own. Prints JSON: the status of each, then what the collections hold.
"""

import io
import json
import logging
import pathlib
import sys
import tempfile

from radicale import Application, config


def main():
    dossier = pathlib.Path(sys.argv[1])
    reglages = config.load()
    with tempfile.TemporaryDirectory() as depot:
        reglages.update(
            {
                "auth": {"type": "none"},
                "rights": {"type": "authenticated"},
                "storage": {"filesystem_folder": depot},
                "logging": {"level": "critical"},
            },
            "essai",
        )
        logging.disable(logging.CRITICAL)
        serveur = Application(reglages)

        def demander(methode, chemin, corps=b"", genre="text/calendar; charset=utf-8"):
            vu = {}
            morceaux = serveur(
                {
                    "REQUEST_METHOD": methode,
                    "PATH_INFO": chemin,
                    "SCRIPT_NAME": "",
                    "QUERY_STRING": "",
                    "CONTENT_TYPE": genre,
                    "CONTENT_LENGTH": str(len(corps)),
                    "HTTP_AUTHORIZATION": "Basic Y2FtaWxsZTp4",
                    "SERVER_NAME": "essai",
                    "SERVER_PORT": "80",
                    "SERVER_PROTOCOL": "HTTP/1.1",
                    "wsgi.url_scheme": "http",
                    "wsgi.input": io.BytesIO(corps),
                    "wsgi.errors": sys.stderr,
                },
                lambda statut, entetes, *_: vu.update(statut=int(statut.split()[0])),
            )
            return vu["statut"], b"".join(morceaux).decode()

        statuts = {"collection": demander("MKCALENDAR", "/camille/agenda/")[0]}
        for fichier in sorted(dossier.glob("*.ics")):
            nom = fichier.name.split("-", 1)[1]
            chemin = "/camille/flux/" if nom == "flux.ics" else f"/camille/agenda/{nom}"
            statuts[fichier.name] = demander("PUT", chemin, fichier.read_bytes())[0]
        contenu = {nom: demander("GET", f"/camille/{nom}/")[1] for nom in ("agenda", "flux")}
        json.dump({"statuts": statuts, "contenu": contenu}, sys.stdout)


main()
