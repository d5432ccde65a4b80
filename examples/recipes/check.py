"""Asks the service whether a picture will work as a talking portrait: LPD_API_KEY=… python3 check.py http://127.0.0.1:8080 photo.jpg"""

import json
import os
import sys
import urllib.error
import urllib.request

with open(sys.argv[2], "rb") as file:
    request = urllib.request.Request(
        sys.argv[1] + "/v1/inspect",
        data=file.read(),
        headers={
            "Authorization": "Bearer " + os.environ["LPD_API_KEY"],
            "Content-Type": "application/octet-stream",
        },
    )
try:
    with urllib.request.urlopen(request, timeout=30) as answer:
        verdict = json.load(answer)
except urllib.error.HTTPError as error:
    print(error.headers.get("x-reason"), json.load(error)["message"])
    sys.exit(2)
except OSError as error:
    print(error)
    sys.exit(2)

print(verdict["reason"] or "pass")
for check in verdict["checks"]:
    if check["status"] == "fail":
        print(check["advice"])
sys.exit(0 if verdict["pass"] else 1)
