"""The generated OpenAPI documents, in each version, before judges from npm: meta schemas and two linters.

Usage: openapi_judges_test.py PROTOC PLUGIN CMAKE ROOT WORK_DIR, ROOT being the project's folder. Judged are the
documents of tests/golden as they are, and those of all goldens and examples made anew in each version of OpenAPI.
Exits with 77 (skipped) where npm is missing or cannot fetch the judges.
"""
import copy
import glob
import json
import os
import shutil
import subprocess
import sys

from judges import JUDGES, SKIPPED, all_objections, install_judges

VERSIONS = ["3.0", "3.1", "3.2"]
# Its base document says which version it is of.
OF_ONE_VERSION = "openapi_base"
# Paths with quotation marks, which Spectral does not find again where it looks for what is in them.
TOO_HOSTILE = {"spectral": "/hostile/"}


def generate_goldens(protoc, plugin, cmake, root, out):
    """Runs each golden case that has a document, in each version."""
    folders = {os.path.dirname(os.path.dirname(path))
               for path in glob.glob(os.path.join(root, "tests/golden/*/expected/*.openapi.json"))}
    for case in sorted(folders):
        if os.path.basename(case) == OF_ONE_VERSION:
            continue
        for version in VERSIONS:
            work = os.path.join(out, version, os.path.basename(case))
            subprocess.run([cmake, "-DMODE=write", f"-DOPENAPI={version}", f"-DCASE={case}", f"-DWORK={work}",
                            f"-DPROTOC={protoc}", f"-DPLUGIN={plugin}", f"-DROOT={root}",
                            "-P", os.path.join(root, "tests/golden/run_case.cmake")], check=True)


def generate_examples(protoc, plugin, root, out):
    """Runs the plugin on the .proto files of each example, in each version."""
    for example in sorted(glob.glob(os.path.join(root, "examples", "*"))):
        protos = sorted(glob.glob(os.path.join(example, "*.proto")))
        for version in VERSIONS if protos else []:
            folder = os.path.join(out, version, os.path.basename(example))
            os.makedirs(folder)
            subprocess.run([protoc, f"--plugin=protoc-gen-rest={plugin}", f"--rest_out={folder}",
                            f"--rest_opt=openapi={version}", f"-I{example}", f"-I{os.path.join(root, 'proto')}",
                            *protos], check=True)


def change(*path, to=None):
    """A mutation: the value at `path` in the document becomes `to`; without it, is no more."""
    def apply(document):
        *way, last = path
        for key in way:
            document = document[key]
        if to is None:
            del document[last]
        else:
            document[last] = to
    return apply


GET = ("paths", "/v1/users/{user_id}", "get")
USER = ("components", "schemas", "users.v1.User")
EXAMPLE = ("paths", "/v1/users", "post", "requestBody", "content", "application/json", "example")
EVERY = set(JUDGES)
LINTERS = {"redocly", "spectral"}

# What is done to the document of the users example, and who must object, in each version.
MUTATIONS = {
    "no info": (change("info"), EVERY),
    "no title": (change("info", "title"), EVERY),
    "responses that are a list": (change(*GET, "responses", to=[]), EVERY),
    "no response": (change(*GET, "responses", to={}), LINTERS),
    "a parameter without a place": (change(*GET, "parameters", 0, "in"), EVERY),
    "a path without its parameter": (change(*GET, "parameters", to=[]), LINTERS),
    "a reference to nothing": (change(*GET, "responses", "default", to={"$ref": "#/components/responses/No"}), LINTERS),
    "an operationId twice": (change(*GET, "operationId", to="UserService_CreateUser"), LINTERS),
    "a type that there is not": (change(*USER, "properties", "email", "type", to="text"), EVERY),
    "properties that are a list": (change(*USER, "properties", to=[]), EVERY),
    "an enum that is a word": (change(*USER, "properties", "email", "enum", to="a"), EVERY),
    "an example that is not valid": (change(*EXAMPLE, to={"name": 1}), LINTERS),
    "a tag that nobody knows": (change(*GET, "tags", to=["Nobody"]), {"spectral"}),
}


def break_documents(folder, work_dir):
    """Documents with MUTATIONS: path → (version, what is broken, the judges that should see it)."""
    broken = {}
    for version in VERSIONS:
        with open(os.path.join(work_dir, "made", version, "users", "users.openapi.json")) as file:
            users = json.load(file)
        for i, (name, (mutate, judges)) in enumerate(MUTATIONS.items()):
            document = copy.deepcopy(users)
            mutate(document)
            path = os.path.realpath(os.path.join(folder, f"{version}_{i}.json"))
            broken[path] = (version, name, judges)
            with open(path, "w") as file:
                json.dump(document, file)
    return broken


def judge(documents, broken, work_dir):
    """All objections of all judges to `documents`, and which of the broken ones they take for good."""
    judged = {name: [document for document in documents if TOO_HOSTILE.get(name, "none") not in document] + list(broken)
              for name in JUDGES}
    for name, found in all_objections(judged, work_dir).items():
        for path, (version, what, judges) in broken.items():
            if name in judges and not found[path]:
                yield f"{name} accepts in {version}: {what}"
        for document, texts in found.items():
            if document not in broken:
                yield from (f"{name}: {document}: {text}" for text in texts)


def main():
    protoc, plugin, cmake, root, work_dir = sys.argv[1:]
    reason = install_judges(work_dir)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    made, broken = os.path.join(work_dir, "made"), os.path.join(work_dir, "broken")
    for folder in (made, broken):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    generate_examples(protoc, plugin, root, made)
    generate_goldens(protoc, plugin, cmake, root, os.path.join(made, "golden"))
    # The JSON of goldens is made anew in each version.
    documents = sorted(glob.glob(os.path.join(root, "tests/golden/*/expected/*.openapi.yaml")) +
                       glob.glob(os.path.join(made, "**", "*.openapi.json"), recursive=True))
    wrongs = list(judge(documents, break_documents(broken, work_dir), work_dir))
    print(f"{len(documents)} documents, {len(MUTATIONS) * len(VERSIONS)} broken ones")
    print("\n".join(wrongs[:100]))
    return 1 if wrongs or len(documents) < 80 else 0


if __name__ == "__main__":
    sys.exit(main())
