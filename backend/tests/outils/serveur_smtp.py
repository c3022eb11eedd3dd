"""A real mail server (aiosmtpd) that refuses, delays and cuts, by whom a mail is for; and a real verifier of signatures
(dkimpy).

    serveur_smtp.py DOSSIER [CERTIFICAT CLE]

Listens on a free port of 127.0.0.1, writes it on the first line of its output, then a line of JSON for each mail that it
took: {"a": …, "essai": …, "dkim": …}; the mail itself is in DOSSIER, as 1.eml, 2.eml… Ends with its input. With a
certificate it wants STARTTLS. Keys are looked for in DOSSIER/dns.json, by name, where the Internet has its directory.
"""

import asyncio
import json
import pathlib
import ssl
import sys
from collections import Counter

import dkim
from aiosmtpd.smtp import SMTP

dossier = pathlib.Path(sys.argv[1])
certificat = sys.argv[2:4]
vus = Counter()
recus = 0


def cle_publique(nom, timeout=5):
    noms = json.loads((dossier / "dns.json").read_text()) if (dossier / "dns.json").exists() else {}
    nom = nom.decode() if isinstance(nom, bytes) else nom
    return noms.get(nom.rstrip("."), "").encode() or None


def verifier(octets):
    """« absente », « juste » or « fausse »."""
    if b"\r\ndkim-signature:" not in b"\r\n" + octets.lower():
        return "absente"
    return "juste" if dkim.verify(octets, dnsfunc=cle_publique) else "fausse"


class Accueil:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("refuse@"):
            return "550 Access denied"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        qui = address.split("@")[0]
        vus[address] += 1
        envelope.rcpt_tos.append(address)
        match qui:
            case "inconnue":
                return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
            case "pleine":
                return "552 5.2.2 Mailbox full"
            case "grise" if vus[address] == 1:
                return "450 4.2.0 Greylisted, come back later"
            case "saturee":
                return "452 4.2.2 over quota"
            case "lente":
                await asyncio.sleep(0.3)
            case "muette":
                await asyncio.sleep(3600)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global recus
        adresse = envelope.rcpt_tos[0]
        qui = adresse.split("@")[0]
        if qui == "indesirable":
            return "550 We do not like what it says"
        if qui == "coupee-apres" and vus[adresse] > 1:
            qui = ""
        recus += 1
        octets = envelope.original_content
        if qui == "alteree":
            # What somebody on the way would do.
            octets = octets.replace(b"Bonjour", b"Bonsoir")
        (dossier / f"{recus}.eml").write_bytes(octets)
        fait = {"a": adresse, "essai": vus[adresse], "dkim": verifier(octets)}
        print(json.dumps(fait), flush=True)
        if qui == "coupee-apres":
            # It has the mail, and never says so.
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 OK"


class Serveur(SMTP):
    async def smtp_DATA(self, arg):
        adresse = (self.envelope.rcpt_tos or [""])[0]
        if adresse.startswith("coupee@") and vus[adresse] == 1:
            # In the middle of the mail.
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def nouveau():
    tls = None
    if certificat:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificat)
    return Serveur(Accueil(), hostname="essai.exemple.fr", tls_context=tls, require_starttls=bool(tls))


async def ecouter():
    boucle = asyncio.get_running_loop()
    serveur = await boucle.create_server(nouveau, "127.0.0.1", 0)
    print(serveur.sockets[0].getsockname()[1], flush=True)
    # The one who started it has ended, or wants no more of it.
    await boucle.run_in_executor(None, sys.stdin.read)
    serveur.close()


asyncio.run(ecouter())
