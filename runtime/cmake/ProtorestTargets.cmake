# How every target of this project is compiled: C++20, warnings, sanitizers.

if(PROTOREST_SANITIZE)
  add_compile_options(-fsanitize=${PROTOREST_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PROTOREST_SANITIZE})
  # Clang 14 cannot compile a coroutine with this check of UBSan.
  add_compile_options($<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
endif()

if(PROTOREST_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # the libraries' branches guide the fuzzer
endif()

# Warnings for our own code; errors in our presets only.
function(protorest_warnings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE -Wall -Wextra $<$<BOOL:${PROTOREST_WERROR}>:-Werror>)
  if(PROTOREST_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 with sanitizers takes initialised members for uninitialised, in <regex> and elsewhere.
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()

# A static library of the project: protorest_library(runtime SOURCES … [PUBLIC libs…] [PRIVATE libs…])
# makes protorest_runtime with the alias protorest::runtime.
function(protorest_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(protorest_${name} STATIC ${ARG_SOURCES})
  add_library(protorest::${name} ALIAS protorest_${name})
  set_target_properties(protorest_${name} PROPERTIES
    EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(protorest_${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/runtime/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/runtime/src)
  target_link_libraries(protorest_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  protorest_warnings(protorest_${name})
  set_property(GLOBAL APPEND PROPERTY PROTOREST_LIBRARIES protorest_${name})  # to be installed
endfunction()
