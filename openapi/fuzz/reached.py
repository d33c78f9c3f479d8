"""Says which operations of the document never succeeded in any of the reports, and fails if these are more than 5 %.

reached.py DOCUMENT REPORT...
"""

import json
import sys

METHODS = {"get", "post", "put", "patch", "delete", "options"}
with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
# What the document itself came from is not asked for again.
wanted = {
    (method.upper(), path)
    for path, item in document["paths"].items()
    for method in item
    if method in METHODS and path != "/openapi.json"
}
reached, asked = set(), 0
for report in sys.argv[2:]:
    with open(report, encoding="utf-8") as lines:
        for line in lines:
            scenario = json.loads(line).get("ScenarioFinished")
            recorder = scenario["recorder"] if scenario else {}
            for name, exchange in recorder.get("interactions", {}).items():
                case, answer = recorder["cases"].get(name), exchange.get("response")
                if not case or not answer:
                    continue
                asked += 1
                if 200 <= answer["status_code"] < 300:
                    reached.add((case["value"]["method"], case["value"]["path"]))

for method, path in sorted(wanted - reached):
    print(f"never succeeded: {method} {path}")
share = len(wanted & reached) / len(wanted)
print(f"fuzz: {asked} requests, {len(wanted & reached)} of {len(wanted)} operations succeeded ({share:.1%})")
sys.exit(share < 0.95)
