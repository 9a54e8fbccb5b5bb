#!/usr/bin/env bash
# The NEON form, on any machine: arm64_test.sh WORK_DIR cross-compiles what needs no protobuf, with its
# tests and GoogleTest's sources, and runs it in an emulator. Exits with 77 where a tool is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runtime=$(cd "$here/../../../runtime" && pwd)
work=$1
googletest=${GOOGLETEST_SOURCES:-/usr/src/googletest/googletest}
compiler=aarch64-linux-gnu-g++
for tool in "$compiler" qemu-aarch64-static; do
  command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
[ -d "$googletest" ] || { echo "GoogleTest's sources are missing"; exit 77; }

mkdir -p "$work"
flags=(-std=c++20 -O1 -static -DGTEST_CAN_STREAM_RESULTS_=0 -I"$runtime/src" -I"$runtime/include")
[ -f "$work/gtest.o" ] ||
  "$compiler" "${flags[@]}" -I"$googletest" -I"$googletest/include" -c "$googletest/src/gtest-all.cc" -o "$work/gtest.o"
sources=("$runtime"/src/json/{base64,escape,indent,number,number_write,path,shortest,utf8}.cc)
"$compiler" "${flags[@]}" -Wall -Wextra -Werror -isystem "$googletest/include" \
  "$here/number_test.cc" "$here/text_test.cc" "${sources[@]}" "$googletest/src/gtest_main.cc" \
  "$work/gtest.o" -o "$work/json_arm64_test"
qemu-aarch64-static "$work/json_arm64_test" --gtest_brief=1
