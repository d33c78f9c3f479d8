"""Imports every module of a generated Python client, and fails unless it has every operation of the document.

whole.py DOCUMENT: the client, leadwright_client, is in the current folder.
"""

import importlib
import json
import pkgutil
import sys

sys.path.insert(0, ".")
client = importlib.import_module("leadwright_client")
modules = [one.name for one in pkgutil.walk_packages(client.__path__, "leadwright_client.")]
imported = [importlib.import_module(name) for name in modules]
callable_ = sum(hasattr(module, "sync_detailed") for module in imported)

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
METHODS = {"get", "post", "put", "patch", "delete", "options"}
operations = sum(method in METHODS for path in document["paths"].values() for method in path)
print(f"Python client: {len(modules)} modules import, {callable_} of {operations} operations can be called")
sys.exit(callable_ != operations)
