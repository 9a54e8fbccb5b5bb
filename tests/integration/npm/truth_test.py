"""What the JSON code writes and reads, against the OpenAPI documents made with the same options.

Usage: truth_test.py PROTOC PLUGIN MESSAGE_STREAM ROOT CONFORMANCE GOOGLEAPIS JUDGES_DIR WORK_DIR. ROOT is the
project's folder, CONFORMANCE where the conformance suite's .proto files are if they are there, GOOGLEAPIS where
the npm package with Google's is or will be. Random messages of every message in the documents are written and must be
valid; random values that the documents allow must be read. Exits with 77 (skipped) where npm is missing.
"""
import functools
import glob
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from judges import SKIPPED, install_judges, run
from originals import PACKAGE, fetch_originals

# What changes the form of JSON: parameters of the plugin, and their letters for message_stream. That defaults are
# written changes no document: truth.mjs tries both.
FORMS = [("n", "json_names=proto"), ("e", "json_enums=number"), ("i", "json_int64=number")]
GOLDENS = ["hostile", "imports", "method_options", "nested", "optional", "proto2", "streams"]
# 3.0 says some of it in other words than 3.1 and 3.2, which one source shows.
VERSIONS = [("", "openapi=3.0"), ("", "openapi=3.2")]
CONFORMANCE = ["google/protobuf/test_messages_proto2.proto", "google/protobuf/test_messages_proto3.proto"]
GOOGLEAPIS = """
    google/api/servicecontrol/v1/service_controller.proto
    google/bigtable/admin/v2/bigtable_table_admin.proto google/cloud/asset/v1/asset_service.proto
    google/cloud/billing/v1/cloud_billing.proto google/cloud/dialogflow/v2/intent.proto
    google/cloud/functions/v2/functions.proto google/cloud/kms/v1/service.proto
    google/cloud/language/v1/language_service.proto google/cloud/recaptchaenterprise/v1/recaptchaenterprise.proto
    google/cloud/redis/v1/cloud_redis.proto google/cloud/retail/v2/product_service.proto
    google/cloud/run/v2/service.proto google/cloud/scheduler/v1/cloudscheduler.proto
    google/cloud/secretmanager/v1/service.proto google/cloud/speech/v1/cloud_speech.proto
    google/cloud/talent/v4/job_service.proto google/cloud/tasks/v2/cloudtasks.proto
    google/cloud/texttospeech/v1/cloud_tts.proto google/cloud/translate/v3/translation_service.proto
    google/cloud/videointelligence/v1/video_intelligence.proto google/cloud/vision/v1/image_annotator.proto
    google/cloud/workflows/v1/workflows.proto google/container/v1/cluster_service.proto
    google/devtools/cloudbuild/v1/cloudbuild.proto google/firestore/v1/firestore.proto
    google/iam/admin/v1/iam.proto google/logging/v2/logging.proto google/longrunning/operations.proto
    google/monitoring/v3/metric_service.proto google/privacy/dlp/v2/dlp.proto google/pubsub/v1/pubsub.proto
    google/spanner/v1/spanner.proto google/storage/v2/storage.proto
""".split()


class Source:
    """.proto files whose documents are made in one run. `count` messages of each type, `depth` levels deep; in forms
    other than the default, of one in `parts` of the types, each time of others."""

    def __init__(self, name, protos, import_dirs, count=10, depth=2, parts=1):
        self.name = name
        self.protos = protos
        self.import_dirs = import_dirs
        self.count = count
        self.depth = depth
        self.parts = parts


def conformance_service(work_dir):
    """A service of the conformance suite's types, which has none of its own."""
    folder = os.path.join(work_dir, "service")
    os.makedirs(folder)
    with open(os.path.join(folder, "conformance_service.proto"), "w") as file:
        file.write('syntax = "proto3"; package conformance.v1;\n' +
                   "".join(f'import "{proto}";\n' for proto in CONFORMANCE) +
                   "service S { rpc Ask(protobuf_test_messages.proto2.TestAllTypesProto2)"
                   " returns (protobuf_test_messages.proto3.TestAllTypesProto3); }\n")
    return folder


def sources(root, conformance, googleapis, work_dir):
    proto = os.path.join(root, "proto")
    truth = os.path.join(root, "tests/integration/npm/truth")
    yield Source("truth", ["truth.proto"], [truth, proto], count=60)
    for example in sorted(glob.glob(os.path.join(root, "examples/*"))):
        if protos := sorted(map(os.path.basename, glob.glob(os.path.join(example, "*.proto")))):
            yield Source("example " + os.path.basename(example), protos, [example, proto], count=20)
    for golden in GOLDENS:
        folder = os.path.join(root, "tests/golden", golden)
        protos = [os.path.relpath(each, folder)
                  for each in sorted(glob.glob(os.path.join(folder, "**/*.proto"), recursive=True))]
        yield Source("golden " + golden, protos, [folder, proto])
    if os.path.isdir(conformance):
        yield Source("conformance", ["conformance_service.proto", *CONFORMANCE],
                     [conformance_service(work_dir), conformance], count=10, depth=1)
    else:
        print("without the conformance suite: scripts/fetch-conformance gets it")
    if googleapis:
        yield Source("googleapis", GOOGLEAPIS, [googleapis], count=2, depth=1, parts=4)
    else:
        print(f"without googleapis: npm cannot fetch {PACKAGE}")


def in_folders(root, name, proto, *folders):
    return Source(name, [proto], [os.path.join(root, folder) for folder in (*folders, "proto")])


def rules_source(root):
    """The golden that has rules of protovalidate."""
    return in_folders(root, "rules", "protovalidate.proto", "tests/golden/protovalidate", "tests/support/validate")


def nullable_source(root):
    """What options of gnostic let be null, which 3.0 says in other words than 3.1."""
    return in_folders(root, "nullable", "nullable.proto", "tests/integration/npm/truth", "tests/support/openapi_options")


def make(protoc, plugin, work_dir, run_of):
    """The job of truth.mjs for one source in one form, which `run_of` is."""
    source, options = run_of
    parts = source.parts if options else 1
    form = sum(1 << i for i, each in enumerate(FORMS) if each in options)
    letters = "-" + "".join(letter for letter, _ in options)
    version = next((text.split("=")[1] for _, text in options if text.startswith("openapi=")), "3.1")
    out = os.path.join(work_dir, re.sub(r"\W", "_", f"{source.name} {version}") + letters)
    os.makedirs(out)
    descriptors = os.path.join(out, "descriptors.pb")
    parameters = ["rest=false", "json=false", "openapi_out=api", *(parameter for _, parameter in options)]
    done = subprocess.run([protoc, *(f"-I{folder}" for folder in source.import_dirs), "--include_imports",
                           f"--descriptor_set_out={descriptors}", f"--plugin=protoc-gen-rest={plugin}",
                           f"--rest_out={out}", "--rest_opt=" + ",".join(parameters), *source.protos],
                          text=True, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{source.name}: {done.stderr}")
    return {"name": f"{source.name} {version}", "document": os.path.join(out, "api.openapi.json"),
            "descriptors": descriptors, "options": letters, "count": source.count, "depth": source.depth,
            "parts": parts, "part": form % parts}


def main():
    protoc, plugin, stream, root, conformance, googleapis, judges, work_dir = sys.argv[1:]
    reason = install_judges(judges)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    shutil.rmtree(work_dir, ignore_errors=True)
    os.makedirs(work_dir)
    forms = [options for size in range(len(FORMS) + 1) for options in itertools.combinations(FORMS, size)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        all_sources = list(sources(root, conformance, fetch_originals(googleapis), work_dir))
        runs = [*itertools.product(all_sources, forms),
                *((all_sources[0], (version, *options)) for version in VERSIONS for options in ((), FORMS))]
        in_versions = [(*version, *options)
                       for version in ((), *((each,) for each in VERSIONS)) for options in ((), FORMS)]
        make_one = functools.partial(make, protoc, plugin, work_dir)
        rule_jobs, null_jobs = (list(pool.map(make_one, itertools.product([source], in_versions)))
                                for source in (rules_source(root), nullable_source(root)))
        jobs = [*pool.map(make_one, runs), *null_jobs]
        def judge(each):
            number, (program, what) = each
            file_name = os.path.join(work_dir, f"{number}.json")
            with open(file_name, "w") as file:
                json.dump(what, file)
            words = [] if program in ("rules.mjs", "nulls.mjs") else [stream]
            return run(["node", program, *words, file_name], judges)

        # The largest first, so that both halves end at about the same time.
        large = [job for job in jobs if job["name"].startswith("googleapis")]
        small = [job for job in jobs if job not in large]
        work = [("truth.mjs", large), ("truth.mjs", small), ("mutants.mjs", jobs[0]), ("rules.mjs", rule_jobs),
                ("nulls.mjs", null_jobs)]
        results = list(pool.map(judge, enumerate(work)))
    print(*(output for _, output in results), sep="\n")
    print(f"{len(jobs)} documents")
    return 1 if any(status for status, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
