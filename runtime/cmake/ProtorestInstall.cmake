# cmake --install: headers, libraries, the plugin, the .proto files, and the package for find_package.
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/protorest")

# The gRPC layer is an export of its own: who has no grpc++ can still use the rest.
get_property(libraries GLOBAL PROPERTY PROTOREST_LIBRARIES)
list(REMOVE_ITEM libraries protorest_grpc)
install(TARGETS ${libraries} protorest_google_protos protorest_options_proto protoc-gen-rest
        EXPORT protorestTargets)
install(TARGETS protorest_grpc EXPORT protorestGrpcTargets)
foreach(export protorestTargets protorestGrpcTargets)
  install(EXPORT ${export} NAMESPACE protorest:: DESTINATION "${package_dir}")
endforeach()

install(DIRECTORY "${PROJECT_SOURCE_DIR}/runtime/include/protorest"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")

set(installed_proto_dir "${CMAKE_INSTALL_DATADIR}/protorest/proto")
configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/ProtorestConfig.cmake.in" "${PROJECT_BINARY_DIR}/protorestConfig.cmake"
  INSTALL_DESTINATION "${package_dir}" PATH_VARS installed_proto_dir)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/protorestConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/protorestConfig.cmake"
              "${PROJECT_BINARY_DIR}/protorestConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/ProtorestGenerate.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/Findnghttp2.cmake"
        DESTINATION "${package_dir}")
