"""Asks the service whether a picture will work as a talking portrait: LPD_API_KEY=… python3 check.py http://127.0.0.1:8080 photo.jpg"""

import json
import os
import sys
import urllib.error
import urllib.request


def ask(service, path, key):
    with open(path, "rb") as file:
        request = urllib.request.Request(
            service + "/v1/inspect",
            data=file.read(),
            headers={
                "Authorization": "Bearer " + key,
                "Content-Type": "application/octet-stream",
            },
        )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{error.headers.get('x-reason')} {json.load(error)['message']}") from error


def main():
    key = os.environ.get("LPD_API_KEY")
    if len(sys.argv) != 3 or not key:
        print("usage: LPD_API_KEY=<key> python3 check.py <address of the service> <picture>")
        return 2
    verdict = ask(sys.argv[1], sys.argv[2], key)
    passes = verdict["pass"]
    print(verdict["reason"] or "pass")
    for check in verdict["checks"]:
        if check["status"] == "fail":
            print(check["advice"])
    return 0 if passes else 1


try:
    code = main()
except Exception as error:  # Python's own exit code is 1, which would be a refusal.
    print(error)
    code = 2
sys.exit(code)
