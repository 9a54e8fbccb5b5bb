"""All of googleapis goes through the plugin, a run of protoc for each package; a part of its documents is judged.

Usage: googleapis_test.py PROTOC PLUGIN PACKAGE_DIR JUDGES_DIR WORK_DIR. Exits with 77 (skipped) without npm.
"""
import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from judges import SKIPPED, all_objections, install_judges
from originals import PACKAGE, fetch_originals

# What the package holds, without google/protobuf (protobuf's own tests): annotated methods and their bindings.
METHODS = 13307
BINDINGS = 15381

# Packages of which two methods have the same verb and path: the plugin must say so, once for each binding.
# Google serves these methods by gRPC alone, or from different hosts.
SAME_ROUTES = {
    "google/cloud/bigquery/storage/v1": 5,
    "google/cloud/bigquery/storage/v1beta1": 1,
    "google/cloud/bigquery/storage/v1beta2": 5,
    "google/cloud/discoveryengine/v1": 15,
    "google/cloud/discoveryengine/v1alpha": 15,
    "google/cloud/discoveryengine/v1beta": 15,
}
SAME_ROUTE = re.compile(r"^\S+\.proto:\d+:\d+: \w+: [A-Z]+ /\S+ matches the same requests as ")

# Redocly's rule that such APIs break; the router's order of precedence decides between their paths (P13).
AMBIGUOUS = "no-ambiguous-paths"

# Of how many documents one is judged: all of them take minutes. tests/bench/googleapis/run has all of them judged, as one.
JUDGED = 12


def packages(folder):
    """The .proto files by folder."""
    found = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.proto"), recursive=True)):
        name = os.path.relpath(path, folder)
        if not name.startswith(("google/protobuf/", "build/")):
            found[os.path.dirname(name)].append(name)
    return found


class Descriptors:
    """What protoc makes of the files, without the plugin."""

    def __init__(self, protoc, folder, names, out):
        subprocess.run([protoc, "-I.", f"--descriptor_set_out={out}", *names], cwd=folder, check=True,
                       stderr=subprocess.DEVNULL)
        with open(out, "rb") as stream:
            data = stream.read()
        unread = descriptor_pb2.FileDescriptorSet.FromString(data)
        # A pool of its own, whose MethodOptions know the extension.
        pool = descriptor_pool.DescriptorPool()
        pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
        for name in ("google/api/http.proto", "google/api/annotations.proto"):
            pool.Add(next(file for file in unread.file if file.name == name))
        types = message_factory.MessageFactory(pool)
        file_set = types.GetPrototype(pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet"))
        types.GetPrototype(pool.FindMessageTypeByName("google.api.HttpRule"))
        http = pool.FindExtensionByName("google.api.http")
        self.annotated = collections.Counter()  # methods with a rule, by package
        self.bindings = collections.Counter()   # their bindings
        self.unbound = collections.Counter()    # methods without
        for file in file_set.FromString(data).file:
            package = os.path.dirname(file.name)
            for service in file.service:
                for method in service.method:
                    if not method.options.HasExtension(http):
                        self.unbound[package] += 1
                        continue
                    self.annotated[package] += 1
                    self.bindings[package] += 1 + len(method.options.Extensions[http].additional_bindings)


def generate(protoc, plugin, folder, names, out):
    """Runs the plugin; returns protoc's exit code and the lines that the plugin caused."""
    os.makedirs(out)
    done = subprocess.run([protoc, "-I.", f"--plugin=protoc-gen-rest={plugin}", f"--rest_out={out}",
                           "--rest_opt=openapi_out=api", *names],
                          cwd=folder, text=True, stderr=subprocess.PIPE, check=False)
    lines = [line for line in done.stderr.splitlines() if not line.endswith(" is unused.")]
    return done.returncode, lines


def operations(document):
    """How many operations a document has."""
    with open(document) as file:
        paths = json.load(file)["paths"].values()
    return sum(len(item) - 1 + len(item["x-protorest-additional-operations"])
               if "x-protorest-additional-operations" in item else len(item) for item in paths)


def judge(documents, judges):
    """What redocly and the meta schemas say against the documents, AMBIGUOUS aside."""
    judged = {name: documents for name in ("meta schema", "redocly")}
    for name, found in all_objections(judged, judges).items():
        for document, texts in found.items():
            yield from (f"{name}: {document}: {text}" for text in texts if not text.startswith(AMBIGUOUS))


def main():
    protoc, plugin, package_dir, judges, work_dir = sys.argv[1:]
    folder = fetch_originals(package_dir)
    reason = f"npm cannot fetch {PACKAGE}" if folder is None else install_judges(judges)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    shutil.rmtree(work_dir, ignore_errors=True)
    os.makedirs(work_dir)
    folders = packages(folder)
    names = [name for each in folders.values() for name in each]
    known = Descriptors(protoc, folder, names, os.path.join(work_dir, "all.pb"))
    objections = []
    for what, count, expected in (("methods", known.annotated.total(), METHODS),
                                  ("bindings", known.bindings.total(), BINDINGS)):
        if count != expected:
            objections.append(f"{count} {what}, not {expected}: is this {PACKAGE}?")

    outs = {each: os.path.join(work_dir, each.replace("/", "_")) for each in folders}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(lambda each: generate(protoc, plugin, folder, folders[each], outs[each]), folders)
    documents = []
    for each, (status, lines) in zip(folders, runs):
        if each in SAME_ROUTES:
            same = [line for line in lines if SAME_ROUTE.match(line)]
            if status == 0 or len(same) != SAME_ROUTES[each] or len(lines) != len(same) + 1:
                objections.append(f"{each}: exit {status}, {len(same)} routes twice: {lines}")
            continue
        if status != 0 or lines:
            objections.append(f"{each}: exit {status}: {lines}")
            continue
        documents.append(os.path.join(outs[each], "api.openapi.json"))
        expected = known.bindings[each] + known.unbound[each]
        if (count := operations(documents[-1])) != expected:
            objections.append(f"{each}: {count} operations in OpenAPI, {expected} in the .proto files")
    judged = documents[::JUDGED]
    objections += judge(judged, judges)
    print(f"{len(names)} files of {len(folders)} packages, {known.annotated.total()} annotated methods, "
          f"{known.bindings.total()} bindings, {len(documents)} documents, {len(judged)} of them judged")
    print("\n".join(objections[:50]))
    shutil.rmtree(work_dir)  # half a gigabyte
    return 1 if objections else 0


if __name__ == "__main__":
    sys.exit(main())
