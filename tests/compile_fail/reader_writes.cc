// Writing to the requests of a client stream.
#include "users.rest.pb.h"

bool Use(protorest::Reader<users::v1::CreateUserRequest>& requests) {
  users::v1::CreateUserRequest request;
#ifdef MISTAKE
  return requests.Write(request);
#else
  return requests.Read(request);
#endif
}
