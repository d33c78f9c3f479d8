"""Signs in with what a demonstration server prints at its start, and prints the access token.

sign_in.py WELCOME
"""

import json
import re
import sys
import urllib.request

with open(sys.argv[1], encoding="utf-8") as file:
    said = dict(re.findall(r"^ +(API|E-mail|Password) +(\S+)", file.read(), re.MULTILINE))
login = json.dumps({"email": said["E-mail"], "password": said["Password"]}).encode()


def token() -> str:
    request = urllib.request.Request(f"{said['API']}/auth/login", login, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


token()  # A session on another machine, for the run to end.
print(token())
