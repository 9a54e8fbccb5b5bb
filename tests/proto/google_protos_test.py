"""Our google/api and google/rpc declarations agree with the originals (npm: google-proto-files).

Usage: google_protos_test.py PROTOC PROTO_DIR WORK_DIR. Exits with 77 (skipped) without npm.
"""
import os
import shutil
import subprocess
import sys
import tarfile

from google.protobuf import descriptor_pb2

PACKAGE = "google-proto-files@5.0.3"
FILES = ["google/api/annotations.proto", "google/api/field_behavior.proto", "google/api/http.proto",
         "google/api/httpbody.proto", "google/rpc/code.proto", "google/rpc/error_details.proto",
         "google/rpc/status.proto"]


def fetch_originals(work_dir):
    """Downloads the npm package (once) and returns the folder its google/ stands in, or None."""
    folder = os.path.join(work_dir, "package")
    if os.path.isdir(folder):
        return folder
    if shutil.which("npm") is None:
        return None
    os.makedirs(work_dir, exist_ok=True)
    pack = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=work_dir, text=True,
                          stdout=subprocess.PIPE, check=False)
    if pack.returncode != 0:
        return None
    with tarfile.open(os.path.join(work_dir, pack.stdout.split()[-1])) as archive:
        archive.extractall(work_dir)
    return folder


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
