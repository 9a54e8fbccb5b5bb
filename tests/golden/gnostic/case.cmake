# As a user of gnostic has its options: from a folder of imports.
list(APPEND IMPORT_DIRS "${ROOT}/tests/support/openapi_options")
