# protorest_generate(): from .proto files to a library with their C++, gRPC, JSON and REST code.
# The same file serves the build tree, add_subdirectory and the installed package.
#
#   protorest_generate(
#     TARGET users_api            # the static library to make
#     PROTOS users.proto          # relative to the current source folder
#     [IMPORT_DIRS DIR …]         # where .proto paths start; default: the current source folder
#     [OPENAPI NAME]              # base name of NAME.openapi.yaml and .json; default: the first .proto's
#     [OPENAPI_BASE FILE]         # what the documents begin with, written by hand; YAML or JSON
#     [SERVICE_CONFIG YAML …]     # files with google.api.http rules; relative to the current source folder
#     [BREAKING_AGAINST FILE]     # descriptor set of an older version: what breaks its clients stops the build
#     [OPTIONS OPTION …]          # for the plugin: protoc-gen-rest --help lists them
#     [NO_GRPC]                   # neither .grpc.pb code nor the proxy; links no grpc++
#     [JSON_ONLY])                # the JSON mapping alone: no handlers, no OpenAPI; links protorest::json
#
# The generated headers are included as their .proto is imported: "users.rest.pb.h". The target's
# property PROTOREST_OPENAPI holds the path of the YAML document, of each .proto's with openapi_per=file among OPTIONS,
# and nothing with openapi_per=service: those are named after services.
#
# protorest/options.proto comes with protorest, and so do google/api and google/rpc, unless an import folder has its
# own google/api/annotations.proto: then link the library that holds its compiled form to TARGET.
# PROTOREST_PLUGIN, a variable, names another protoc-gen-rest of this version to generate with: one that runs on the
# machine that builds, where the one of this build is for another (a cross build) or slow (sanitizers).
# Imports from the .proto files of another target: name its folder in IMPORT_DIRS and link the target.

cmake_policy(SET CMP0116 NEW)  # Ninja reads a depfile's paths relative to the current build folder

function(protorest_generate)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "NO_GRPC;JSON_ONLY"
                        "TARGET;OPENAPI;OPENAPI_BASE;BREAKING_AGAINST"
                        "PROTOS;IMPORT_DIRS;SERVICE_CONFIG;OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "protorest_generate: unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT ARG_TARGET OR NOT ARG_PROTOS)
    message(FATAL_ERROR "protorest_generate needs TARGET and PROTOS")
  endif()

  set(runtime protorest::runtime)
  if(ARG_JSON_ONLY)
    set(runtime protorest::json)
    set(ARG_NO_GRPC TRUE)
    list(APPEND ARG_OPTIONS "rest=false" "openapi=false")
  endif()

  _protorest_import_dirs("${ARG_IMPORT_DIRS}" import_dirs own_google_protos)
  set(include_flags ${import_dirs})
  list(TRANSFORM include_flags PREPEND "-I")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/generated/${ARG_TARGET}")
  file(MAKE_DIRECTORY "${out}")

  set(names "")
  set(protobuf_outputs "")
  set(rest_outputs "")
  set(bases "")
  foreach(proto IN LISTS ARG_PROTOS)
    get_filename_component(path "${proto}" ABSOLUTE)
    _protorest_import_name("${path}" "${import_dirs}" name)
    list(APPEND names "${name}")
    string(REGEX REPLACE "\\.proto$" "" base "${name}")
    list(APPEND bases "${base}")
    _protorest_protobuf_code("${path}" "${base}" "${out}" "${include_flags}" "${ARG_NO_GRPC}" outputs)
    list(APPEND protobuf_outputs ${outputs})
    if(NOT "rest=false" IN_LIST ARG_OPTIONS)
      list(APPEND rest_outputs "${out}/${base}.rest.pb.h" "${out}/${base}.rest.pb.cc")
    endif()
    if(NOT "json=false" IN_LIST ARG_OPTIONS)
      list(APPEND rest_outputs "${out}/${base}.json.pb.h" "${out}/${base}.json.pb.cc")
    endif()
  endforeach()

  if(NOT ARG_OPENAPI)
    list(GET bases 0 ARG_OPENAPI)
  endif()
  set(documents "${ARG_OPENAPI}")
  if("openapi_per=file" IN_LIST ARG_OPTIONS)
    set(documents "${bases}")
  elseif("openapi_per=service" IN_LIST ARG_OPTIONS OR "openapi=false" IN_LIST ARG_OPTIONS)
    set(documents "")
  endif()
  list(TRANSFORM documents PREPEND "${out}/")
  set(yaml_documents ${documents})
  list(TRANSFORM yaml_documents APPEND ".openapi.yaml")
  list(TRANSFORM documents APPEND ".openapi.json")
  list(APPEND rest_outputs ${yaml_documents} ${documents})
  set(read_files "")
  foreach(file IN LISTS ARG_SERVICE_CONFIG)
    get_filename_component(file "${file}" ABSOLUTE)
    list(APPEND read_files "${file}")
    list(APPEND ARG_OPTIONS "service_config=${file}")
  endforeach()
  if(ARG_OPENAPI_BASE)
    get_filename_component(file "${ARG_OPENAPI_BASE}" ABSOLUTE)
    list(APPEND read_files "${file}")
    list(APPEND ARG_OPTIONS "openapi_base=${file}")
  endif()
  if(ARG_BREAKING_AGAINST)
    get_filename_component(file "${ARG_BREAKING_AGAINST}" ABSOLUTE)
    list(APPEND read_files "${file}")
    list(APPEND ARG_OPTIONS "breaking_against=${file}")
  endif()
  _protorest_plugin_options("${ARG_OPTIONS}" "${ARG_OPENAPI}" "${ARG_NO_GRPC}" options templates)

  set(plugin "$<TARGET_FILE:protorest::protoc-gen-rest>")
  set(plugin_dependency protorest::protoc-gen-rest)
  if(PROTOREST_PLUGIN)
    set(plugin "${PROTOREST_PLUGIN}")
    set(plugin_dependency "${PROTOREST_PLUGIN}")
  endif()

  # All files in one run: one OpenAPI document, and routes that clash between files are found.
  # An import that changes makes new .pb.h files (below), and those make this run again.
  add_custom_command(
    OUTPUT ${rest_outputs}
    COMMAND protobuf::protoc "--plugin=protoc-gen-rest=${plugin}"
            "--rest_out=${out}" "--rest_opt=${options}" ${include_flags} ${names}
    DEPENDS ${protobuf_outputs} ${templates} ${read_files} ${plugin_dependency}
    COMMENT "Generating REST code for ${ARG_TARGET}"
    VERBATIM)

  add_library(${ARG_TARGET} STATIC ${protobuf_outputs} ${rest_outputs})
  target_compile_features(${ARG_TARGET} PUBLIC cxx_std_20)
  target_include_directories(${ARG_TARGET} PUBLIC "$<BUILD_INTERFACE:${out}>")
  set_target_properties(${ARG_TARGET} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    PROTOREST_OPENAPI "${yaml_documents}")
  target_link_libraries(${ARG_TARGET}
    PUBLIC ${runtime} protorest::options_proto protobuf::libprotobuf)
  if(NOT ARG_NO_GRPC)
    target_link_libraries(${ARG_TARGET} PUBLIC protorest::grpc)
  endif()
  if(NOT own_google_protos)
    target_link_libraries(${ARG_TARGET} PUBLIC protorest::google_protos)
  endif()
endfunction()

# The folders for protoc's -I: the user's, whose google/api goes before protorest's, protorest's, protobuf's.
function(_protorest_import_dirs dirs out_dirs out_own_google_protos)
  if(NOT dirs)
    set(dirs "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(result "")
  set(own FALSE)
  foreach(dir IN LISTS dirs)
    get_filename_component(dir "${dir}" ABSOLUTE)
    list(APPEND result "${dir}")
    if(EXISTS "${dir}/google/api/annotations.proto" AND NOT dir STREQUAL PROTOREST_PROTO_DIR)
      set(own TRUE)
    endif()
  endforeach()
  list(APPEND result "${PROTOREST_PROTO_DIR}")
  get_target_property(protobuf_dirs protobuf::libprotobuf INTERFACE_INCLUDE_DIRECTORIES)
  foreach(dir IN LISTS protobuf_dirs)
    if(EXISTS "${dir}/google/protobuf/descriptor.proto")
      list(APPEND result "${dir}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES result)
  set(${out_dirs} "${result}" PARENT_SCOPE)
  set(${out_own_google_protos} ${own} PARENT_SCOPE)
endfunction()

# "users/v1/users.proto" for the absolute path of a .proto: relative to the first folder above it.
function(_protorest_import_name path import_dirs out)
  foreach(dir IN LISTS import_dirs)
    file(RELATIVE_PATH name "${dir}" "${path}")
    if(NOT name MATCHES "^\\.\\./")
      set(${out} "${name}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "protorest_generate: ${path} is below none of the import folders; "
                      "name the folder that its import path starts from in IMPORT_DIRS")
endfunction()

# The command that makes .pb and .grpc.pb code of one file; protoc's depfile names all its imports.
function(_protorest_protobuf_code path base out include_flags no_grpc out_files)
  set(files "${out}/${base}.pb.h" "${out}/${base}.pb.cc")
  set(grpc_flags "")
  if(NOT no_grpc)
    list(APPEND files "${out}/${base}.grpc.pb.h" "${out}/${base}.grpc.pb.cc")
    if(TARGET gRPC::grpc_cpp_plugin)
      set(grpc_plugin "$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
    else()
      find_program(PROTOREST_GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED DOC "protoc's plugin for gRPC")
      set(grpc_plugin "${PROTOREST_GRPC_CPP_PLUGIN}")
    endif()
    set(grpc_flags "--plugin=protoc-gen-grpc=${grpc_plugin}" "--grpc_out=${out}")
  endif()
  list(SORT files)  # as in protoc's depfile: Ninja wants the same output first in both
  get_filename_component(folder "${out}/${base}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT ${files}
    COMMAND protobuf::protoc "--cpp_out=${out}" ${grpc_flags} "--dependency_out=${out}/${base}.d"
            ${include_flags} "${path}"
    DEPENDS "${path}" protobuf::protoc
    DEPFILE "${out}/${base}.d"
    COMMENT "Generating protobuf code for ${base}.proto"
    VERBATIM)
  set(${out_files} "${files}" PARENT_SCOPE)
endfunction()

# The plugin's parameter, and the template files that its templates= folder holds.
function(_protorest_plugin_options user_options openapi no_grpc out_options out_templates)
  set(options ${user_options} "openapi_out=${openapi}")
  if(no_grpc)
    list(APPEND options "grpc=false")
  endif()
  set(templates "")
  foreach(option IN LISTS user_options)
    if(option MATCHES "^templates=(.+)$")
      file(GLOB templates CONFIGURE_DEPENDS "${CMAKE_MATCH_1}/*")
    endif()
  endforeach()
  list(JOIN options "," options)
  set(${out_options} "${options}" PARENT_SCOPE)
  set(${out_templates} "${templates}" PARENT_SCOPE)
endfunction()
