"""Writes a message and a mailbox with Python's email and mailbox."""

import mailbox
import os
from email.message import EmailMessage


def message(number, subject, text, charset="utf-8", html=None, attachment=None):
    made = EmailMessage()
    made["From"] = "Inés Harrow <ines@example.org>"
    made["To"] = "harbour@example.org"
    made["Subject"] = subject
    made["Date"] = f"Mon, {number:02} Feb 2031 10:00:00 +0100"
    made["Message-ID"] = f"<lamp-{number}@example.org>"
    made.set_content(text, charset=charset, cte="quoted-printable")
    if html:
        made.add_alternative(html, subtype="html")
    if attachment:
        made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename=attachment)
    return made


one = message(
    3, "Das Licht in Tollmouth – erloschen",
    "The lamp went out on Sunday. Bram Oske said that nobody had told him.\n\nFrom the quay one could see nothing.\n",
    html="<p>The lamp went out on <b>Sunday</b>.</p>", attachment="lamp.png")
open("message.eml", "wb").write(bytes(one))
if os.path.exists("letters.mbox"):
    os.remove("letters.mbox")
box = mailbox.mbox("letters.mbox")
box.add(one)
box.add(message(4, "Re: the lamp", "The café owners want a lantern.\n", charset="iso-8859-1"))
box.flush()
