// A handler that takes its response by pointer, as gRPC's services do.
#include "users.rest.pb.h"

class Users : public users::v1::UserServiceHandler {
 public:
  protorest::Status GetUser(protorest::Context& context, const users::v1::GetUserRequest& request,
#ifdef MISTAKE
                            users::v1::User* response) override;
#else
                            users::v1::User& response) override;
#endif
};
