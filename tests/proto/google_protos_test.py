"""Our google/api and google/rpc declarations agree with the originals (npm: google-proto-files).

Usage: google_protos_test.py PROTOC PROTO_DIR WORK_DIR. Exits with 77 (skipped) without npm.
"""
import os
import subprocess
import sys

from google.protobuf import descriptor_pb2
from originals import PACKAGE, fetch_originals

FILES = ["google/api/annotations.proto", "google/api/field_behavior.proto", "google/api/http.proto",
         "google/api/httpbody.proto", "google/rpc/code.proto", "google/rpc/error_details.proto",
         "google/rpc/status.proto"]


def describe(protoc, proto_dir, out):
    """The files' descriptors by name, without what does not bind: comments and language options."""
    subprocess.run([protoc, f"--descriptor_set_out={out}", f"-I{proto_dir}", *FILES], check=True)
    files = descriptor_pb2.FileDescriptorSet()
    with open(out, "rb") as stream:
        files.ParseFromString(stream.read())
    for file in files.file:
        file.options.Clear()
    return {file.name: file for file in files.file}


def main():
    protoc, proto_dir, work_dir = sys.argv[1:]
    originals = fetch_originals(work_dir)
    if originals is None:
        print(f"skipped: npm cannot fetch {PACKAGE}")
        return 77
    ours = describe(protoc, proto_dir, os.path.join(work_dir, "ours.pb"))
    theirs = describe(protoc, originals, os.path.join(work_dir, "theirs.pb"))
    failed = [name for name in FILES if ours[name] != theirs[name]]
    for name in failed:
        print(f"{name} differs from the original.\nours:\n{ours[name]}\noriginal:\n{theirs[name]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
