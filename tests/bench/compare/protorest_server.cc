// GetUser through protorest: compare_protorest PORT.
#include <memory>
#include <string>

#include "protorest/server.h"
#include "users.h"
#include "users.rest.pb.h"

namespace {

class Service final : public users::v1::UserServiceHandler {
 public:
  protorest::Status GetUser(protorest::Context&, const users::v1::GetUserRequest& request,
                            users::v1::User& response) override {
    const users::v1::User* user = users_.Find(request.user_id());
    if (!user) return protorest::Status::NotFound("no user " + request.user_id());
    response = *user;
    return {};
  }

 private:
  const compare::Users users_;
};

}  // namespace

int main(int, char** argv) {
  protorest::Server server({.address = "127.0.0.1:" + std::string(argv[1]), .threads = 1});
  server.Add(std::make_shared<Service>());
  return server.Run().ok() ? 0 : 1;
}
