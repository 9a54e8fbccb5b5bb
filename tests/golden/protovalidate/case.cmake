# As a user of protovalidate has its options: from a folder of imports.
list(APPEND IMPORT_DIRS "${ROOT}/tests/support/validate")
