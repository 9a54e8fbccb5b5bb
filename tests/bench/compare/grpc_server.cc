// GetUser through a native grpc++ callback server: compare_grpc PORT.
#include <grpcpp/grpcpp.h>

#include <string>

#include "users.grpc.pb.h"
#include "users.h"

namespace {

class Service final : public users::v1::UserService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetUser(grpc::CallbackServerContext* context,
                                    const users::v1::GetUserRequest* request,
                                    users::v1::User* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const users::v1::User* user = users_.Find(request->user_id());
    if (user) *response = *user;
    reactor->Finish(
        user ? grpc::Status::OK
             : grpc::Status(grpc::StatusCode::NOT_FOUND, "no user " + request->user_id()));
    return reactor;
  }

 private:
  const compare::Users users_;
};

}  // namespace

int main(int, char** argv) {
  Service service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:" + std::string(argv[1]), grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  builder.BuildAndStart()->Wait();
}
