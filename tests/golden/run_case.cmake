# One golden case: protoc runs with the plugin, and what comes out is compared with expected/ and
# messages.txt, or (MODE=update) takes their place. README.md of this folder says what a case holds.
#
#   cmake -DMODE=check|update -DCASE=<folder> -DWORK=<scratch folder> -DPROTOC=… -DPLUGIN=… -DROOT=… -P …
#
# MODE=write leaves it all in the scratch folder, its OpenAPI of the version -DOPENAPI=3.0|3.1|3.2.

file(GLOB_RECURSE PROTOS RELATIVE "${CASE}" "${CASE}/*.proto")
list(SORT PROTOS)
set(IMPORT_DIRS "${CASE}")
set(OPTIONS "")
set(OLD_PROTOS "")
set(OLD_FLAGS "")
set(FOLDER "${CASE}")
include("${CASE}/case.cmake" OPTIONAL)
if(MODE STREQUAL "write")
  string(REGEX REPLACE "(^|,)openapi=[0-9.]+" "" OPTIONS "${OPTIONS}")
  string(REGEX REPLACE "^," "" OPTIONS "${OPTIONS},openapi=${OPENAPI}")
endif()

# An older version, as old.binpb in the folder where protoc then runs.
function(make_old_set)
  set(files ${OLD_PROTOS})
  list(TRANSFORM files PREPEND "${CASE}/old/")
  execute_process(COMMAND "${PROTOC}" "--descriptor_set_out=${WORK}/old.binpb" --include_imports
                          ${OLD_FLAGS} "-I${CASE}/old" "-I${ROOT}/proto" ${files}
                  COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Runs protoc; leaves the files in `into` and what it printed in messages.txt, where there is any.
function(generate into)
  file(REMOVE_RECURSE "${into}")
  file(MAKE_DIRECTORY "${into}")
  set(command "${PROTOC}" "--plugin=protoc-gen-rest=${PLUGIN}" "--rest_out=${into}")
  if(NOT OPTIONS STREQUAL "")
    list(APPEND command "--rest_opt=${OPTIONS}")
  endif()
  foreach(folder IN LISTS IMPORT_DIRS)
    list(APPEND command "-I${folder}")
  endforeach()
  execute_process(COMMAND ${command} "-I${ROOT}/proto" ${PROTOS}
                  WORKING_DIRECTORY "${FOLDER}" ERROR_FILE "${WORK}/messages.txt")
  file(SIZE "${WORK}/messages.txt" size)
  if(size EQUAL 0)
    file(REMOVE "${WORK}/messages.txt")
  endif()
  # A folder without files is no folder: git keeps none.
  file(GLOB files "${into}/*")
  if(NOT files)
    file(REMOVE_RECURSE "${into}")
  endif()
endfunction()

file(MAKE_DIRECTORY "${WORK}")
if(OLD_PROTOS)
  make_old_set()
  set(FOLDER "${WORK}")
endif()
generate("${WORK}/expected")
if(MODE STREQUAL "write")
  return()
endif()

if(MODE STREQUAL "update")
  foreach(result expected messages.txt)
    file(REMOVE_RECURSE "${CASE}/${result}")
    if(EXISTS "${WORK}/${result}")
      file(COPY "${WORK}/${result}" DESTINATION "${CASE}")
    endif()
  endforeach()
  return()
endif()

foreach(result expected messages.txt)
  if(NOT EXISTS "${CASE}/${result}" AND NOT EXISTS "${WORK}/${result}")
    continue()
  endif()
  execute_process(COMMAND diff -ruN "${CASE}/${result}" "${WORK}/${result}"
                  OUTPUT_VARIABLE difference RESULT_VARIABLE differs)
  if(differs)
    message(FATAL_ERROR "${CASE}/${result} is not what the plugin makes. If the change is wanted, build "
                        "the target update-goldens and read the difference in git.\n${difference}")
  endif()
endforeach()
