"""Installs the judges, and runs them."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77


def run(command, work_dir):
    """The exit code of `command` and all that it printed."""
    done = subprocess.run(command, cwd=work_dir, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


def install_judges(work_dir):
    """Installs package-lock.json into `work_dir`, once; returns why that cannot be, or None."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "npm is not installed"
    lock = os.path.join(work_dir, "package-lock.json")
    installed = os.path.join(work_dir, "installed-lock.json")
    os.makedirs(work_dir, exist_ok=True)
    for name in ["package.json", "package-lock.json", "redocly.yaml", "validate.mjs", "conforms.mjs",
                 "browser.mjs", "docs_page.mjs"]:
        shutil.copy(os.path.join(HERE, name), work_dir)
    if os.path.exists(installed) and open(installed).read() == open(lock).read():
        return None
    status, output = run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts",
                          "--fetch-retries=1"], work_dir)
    if status != 0:
        errors = [line for line in output.splitlines() if line.startswith("npm error")]
        return "npm cannot fetch the judges: " + "; ".join(errors[:2])
    shutil.copy(lock, installed)
    return None
