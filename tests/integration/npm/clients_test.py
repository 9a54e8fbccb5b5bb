"""Clients in TypeScript, generated from the document that a running server serves: they compile, and their calls pass.

Usage: clients_test.py USERS_SERVER JUDGES_DIR. The programs stand in clients/; openapi-typescript and
@hey-api/openapi-ts generate what they include, tsc checks all of it. Exits with 77 (skipped) without npm.
"""
import copy
import json
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from judges import HERE, SKIPPED, install_judges, run
from openapi_answers_test import call, start

# In the folder of the clients.
GENERATORS = [
    ["../node_modules/.bin/openapi-typescript", "openapi.json", "--output", "users.ts"],
    ["../node_modules/.bin/openapi-ts", "--file", "openapi-ts.config.mjs"],
]
COMPILER = ["../node_modules/.bin/tsc", "--project", "tsconfig.json"]
CLIENTS = ["out/openapi_typescript.js", "out/hey_api.js"]


def compile_clients(document, folder):
    """What the generators and the compiler object to; "" if nothing."""
    with open(os.path.join(folder, "openapi.json"), "w") as file:
        json.dump(document, file)
    for command in [*GENERATORS, COMPILER]:
        status, output = run(command, folder)
        if status != 0:
            return f"$ {' '.join(command)}\n{output}"
    return ""


def main():
    program, judges = sys.argv[1:]
    reason = install_judges(judges)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    folders = [os.path.join(judges, name) for name in ("clients", "wrong_clients")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(os.path.join(HERE, "clients"), folder)
    process, port = start(program)
    try:
        document = json.loads(call(port, "GET", "/openapi.json")[2])
        # A document that is wrong in one word makes clients that do not compile.
        wrong_document = copy.deepcopy(document)
        wrong_document["components"]["schemas"]["users.v1.User"]["properties"]["createdAt"] = {"type": "integer"}
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            wrong, objections = pool.map(compile_clients, (document, wrong_document), folders)
        for client in [] if wrong else CLIENTS:
            status, output = run(["node", client, f"http://127.0.0.1:{port}"], folders[0])
            print(output)
            wrong += output if status != 0 else ""
    finally:
        process.terminate()
        process.wait(60)
    if wrong:
        print(wrong)
        return 1
    if not all(f"{client}(" in objections for client in ("openapi_typescript.ts", "hey_api.ts")):
        print("createdAt as an integer was not found out:\n" + objections)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
