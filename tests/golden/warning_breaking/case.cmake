# The same as warnings; the set has no positions.
set(PROTOS library.proto)
set(OLD_PROTOS library.proto)
set(OPTIONS "breaking_against=old.binpb,breaking=warn,rest=false,json=false,openapi=false")
