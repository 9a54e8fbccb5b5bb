"""Google's own .proto files, from npm."""
import os
import shutil
import subprocess
import tarfile

PACKAGE = "google-proto-files@5.0.3"


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
