"""The generated OpenAPI documents before judges from npm: the official meta schema, and redocly's linter.

Usage: openapi_judges_test.py PROTOC PLUGIN ROOT WORK_DIR, ROOT being the project's folder. Judged are
the documents of tests/golden and those of the examples, which are generated here. Exits with 77 (skipped)
where npm is missing or cannot fetch the judges.
"""
import glob
import json
import os
import subprocess
import sys

from judges import SKIPPED, install_judges, run


def generate_examples(protoc, plugin, root, work_dir):
    """Runs the plugin on the .proto files of each example; returns the documents."""
    documents = []
    for example in sorted(glob.glob(os.path.join(root, "examples", "*"))):
        protos = sorted(glob.glob(os.path.join(example, "*.proto")))
        if not protos:
            continue
        out = os.path.join(work_dir, "examples", os.path.basename(example))
        os.makedirs(out, exist_ok=True)
        subprocess.run([protoc, f"--plugin=protoc-gen-rest={plugin}", f"--rest_out={out}",
                        f"-I{example}", f"-I{os.path.join(root, 'proto')}", *protos], check=True)
        documents += glob.glob(os.path.join(out, "*.openapi.*"))
    return documents


def is_known(document):
    """Whether the judges know the version of OpenAPI: 3.2 is too new for these."""
    with open(document) as file:
        return "3.2.0" not in file.read(40)


def judge(documents, work_dir):
    """What the judges have to say against `documents`; "" if nothing."""
    objections = ""
    for command in [["node", "validate.mjs", *documents],
                    ["node_modules/.bin/redocly", "lint", "--config=redocly.yaml", *documents]]:
        status, output = run(command, work_dir)
        if status != 0:
            objections += f"$ {' '.join(command[:2])} …\n{output}\n"
    return objections


def mutations(document):
    """Broken copies of a document, by what is wrong with them."""
    path, item = next(iter(document["paths"].items()))
    verb, operation = next(iter(item.items()))
    yield "no info", {key: value for key, value in document.items() if key != "info"}
    for name, change in [("no responses", {"responses": {}}),
                         ("a dangling reference", {"responses": {"200": {"$ref": "#/components/responses/No"}}}),
                         ("no parameters", {"parameters": []})]:
        yield name, {**document, "paths": {path: {verb: {**operation, **change}}}}


def main():
    protoc, plugin, root, work_dir = sys.argv[1:]
    reason = install_judges(work_dir)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    documents = sorted(glob.glob(os.path.join(root, "tests", "golden", "*", "expected", "*.openapi.*")))
    documents += generate_examples(protoc, plugin, root, work_dir)
    documents = [document for document in documents if is_known(document)]
    print(f"{len(documents)} documents")
    objections = judge(documents, work_dir)
    print(objections)

    # The judges must be able to say no.
    users = os.path.join(root, "tests", "golden", "users", "expected", "users.openapi.json")
    with open(users) as file:
        original = json.load(file)
    for name, mutation in mutations(original):
        broken = os.path.join(work_dir, "broken.openapi.json")
        with open(broken, "w") as file:
            json.dump(mutation, file)
        if not judge([broken], work_dir):
            objections += f"the judges accept a document with {name}\n"
            print(f"the judges accept a document with {name}")
    return 1 if objections or not documents else 0


if __name__ == "__main__":
    sys.exit(main())
