// A status that nobody looks at.
#include "users.rest.pb.h"

bool Use(users::v1::UserServiceHandler& users, protorest::Context& context) {
  users::v1::User user;
#ifdef MISTAKE
  users.GetUser(context, {}, user);
  return true;
#else
  return users.GetUser(context, {}, user).ok();
#endif
}
