"""The measured parts of docs/performance.md: each stands between two markers and is rewritten by its command."""
import datetime
import os
import pathlib
import platform
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/performance.md"


def machine():
    """Where and when this was measured."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())[1]
    return f"Measured {datetime.date.today()} on {os.cpu_count()} × {model}, Linux {platform.release()}"


def replace(part, lines):
    """Puts `lines` between the markers of `part`."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    head, rest = DOCUMENT.read_text().split(begin)
    tail = rest.split(end)[1]
    DOCUMENT.write_text("\n".join([head + begin, *lines, end + tail]))
