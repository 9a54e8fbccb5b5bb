// The handler of mapping.proto: it answers with what it was sent.
#pragma once

#include <functional>

#include "mapping.rest.pb.h"

namespace mapping {

class EchoMapping final : public MappingHandler {
 public:
  using Context = protorest::Context;
  using Empty = google::protobuf::Empty;
  using HttpBody = google::api::HttpBody;
  using Status = protorest::Status;

  // Called with the context of each call; what it returns is the call's outcome.
  std::function<Status(Context&)> outcome;

  Status AsServer(Context& context, const Item& request, Item& response) override;
  Status Lenient(Context& context, const Item& request, Item& response) override;
  Status Strict(Context& context, const Item& request, Item& response) override;

  Status GetTagged(Context& context, const Item& request, Item& response) override;
  Status Create(Context& context, const Item& request, Item& response) override;
  Status Delete(Context& context, const Item& request, Empty& response) override;
  Status Watch(Context& context, const Item& request, protorest::Writer<Item>& items) override;

  Status EchoValue(Context& context, const google::protobuf::Value& request,
                   google::protobuf::Value& response) override;
  Status EchoBox(Context& context, const Box& request, Box& response) override;
  Status EchoTime(Context& context, const google::protobuf::Timestamp& request,
                  google::protobuf::Timestamp& response) override;

  Status Patch(Context& context, const PatchRequest& request, PatchRequest& response) override;
  Status PatchTwoMasks(Context& context, const TwoMasks& request, TwoMasks& response) override;
  Status UpdateBook(Context& context, const UpdateBookRequest& request, Book& response) override;

  Status PutFile(Context& context, const HttpBody& request, HttpBody& response) override;
  Status PutNamed(Context& context, const NamedFile& request, NamedFile& response) override;
  Status Upload(Context& context, protorest::Reader<NamedFile>& chunks,
                Uploaded& response) override;
  Status UploadLenient(Context& context, protorest::Reader<NamedFile>& chunks,
                       Uploaded& response) override;
  Status Download(Context& context, const DownloadRequest& request,
                  protorest::Writer<HttpBody>& chunks) override;
  Status Pipe(Context& context, protorest::ReaderWriter<HttpBody, HttpBody>& stream) override;

  Status Submit(Context& context, const Form& request, Form& response) override;
  Status SubmitLenient(Context& context, const Form& request, Form& response) override;

  Status EchoLegacy(Context& context, const Legacy& request, Legacy& response) override;

 private:
  template <class T>
  Status Echo(Context& context, const T& request, T& response) {
    response = request;
    return Outcome(context);
  }
  Status Outcome(Context& context) { return outcome ? outcome(context) : Status(); }
};

}  // namespace mapping
