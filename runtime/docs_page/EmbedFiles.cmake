# cmake -DOUTPUT=x.cc -DLIST=files.txt -DWORK_DIR=DIR -P EmbedFiles.cmake: files as a C++ source, compressed.
# A line of LIST is PATH, or NAME=PATH for a file that is to have another name, or a comment.
file(STRINGS "${LIST}" files REGEX "^[^#]")
file(MAKE_DIRECTORY "${WORK_DIR}")
set(arrays "")
set(table "")
set(number 0)
foreach(file IN LISTS files)
  if(file MATCHES "^([^=/]+)=(.+)$")
    set(name "${CMAKE_MATCH_1}")
    set(file "${CMAKE_MATCH_2}")
  else()
    get_filename_component(name "${file}" NAME)
  endif()
  set(packed "${WORK_DIR}/${name}.gz")
  file(ARCHIVE_CREATE OUTPUT "${packed}" PATHS "${file}" FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
  file(SIZE "${file}" size)
  file(READ "${packed}" bytes HEX)
  # The header has the time in bytes 4 to 7: the same files are to make the same source.
  string(SUBSTRING "${bytes}" 0 8 head)
  string(SUBSTRING "${bytes}" 16 -1 rest)
  set(bytes "${head}00000000${rest}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
         "\\1\n    " bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {\n    ${bytes}};\n\n")
  string(APPEND table "      {\"${name}\", ${size}, kFile${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}"
"// Made by EmbedFiles.cmake. Do not edit.
#include \"server/docs_files.h\"

namespace protorest::server {
namespace {

${arrays}}  // namespace

std::span<const DocsFile> DocsFiles() {
  static constexpr DocsFile kFiles[] = {
${table}  };
  return kFiles;
}

}  // namespace protorest::server
")
