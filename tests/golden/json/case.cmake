# elsewhere.proto is imported, but gets no JSON code: reflection serves its messages.
set(PROTOS shapes.proto old.proto)
