# The example's own contract.
set(PROTOS users.proto)
set(IMPORT_DIRS "${ROOT}/examples/users")
