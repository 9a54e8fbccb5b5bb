# A change of each sort, against a set with positions.
set(PROTOS library.proto)
set(OLD_PROTOS library.proto lending.proto)
set(OLD_FLAGS --include_source_info)
set(OPTIONS "breaking_against=old.binpb")
