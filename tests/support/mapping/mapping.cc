#include "tests/support/mapping/mapping.h"

namespace mapping {

using protorest::Context;
using protorest::Status;

Status EchoMapping::AsServer(Context& context, const Item& request, Item& response) {
  return Echo(context, request, response);
}

Status EchoMapping::Lenient(Context& context, const Item& request, Item& response) {
  return Echo(context, request, response);
}

Status EchoMapping::Strict(Context& context, const Item& request, Item& response) {
  return Echo(context, request, response);
}

Status EchoMapping::GetTagged(Context& context, const Item& request, Item& response) {
  return Echo(context, request, response);
}

Status EchoMapping::Create(Context& context, const Item& request, Item& response) {
  context.AddHeader("location", "/items/" + request.id());
  return Echo(context, request, response);
}

Status EchoMapping::Delete(Context& context, const Item&, Empty&) { return Outcome(context); }

Status EchoMapping::Watch(Context& context, const Item& request, protorest::Writer<Item>& items) {
  items.Write(request);
  return Outcome(context);
}

Status EchoMapping::EchoValue(Context& context, const google::protobuf::Value& request,
                              google::protobuf::Value& response) {
  return Echo(context, request, response);
}

Status EchoMapping::EchoBox(Context& context, const Box& request, Box& response) {
  return Echo(context, request, response);
}

Status EchoMapping::EchoTime(Context& context, const google::protobuf::Timestamp& request,
                             google::protobuf::Timestamp& response) {
  return Echo(context, request, response);
}

Status EchoMapping::Patch(Context& context, const PatchRequest& request, PatchRequest& response) {
  return Echo(context, request, response);
}

Status EchoMapping::PatchTwoMasks(Context& context, const TwoMasks& request, TwoMasks& response) {
  return Echo(context, request, response);
}

// The whole book: what the update has, before what was there.
Status EchoMapping::UpdateBook(Context& context, const UpdateBookRequest& request, Book& response) {
  response.set_title("Untitled");
  response.mutable_author()->set_name("Anonymous");
  response.MergeFrom(request.book());
  return Outcome(context);
}

Status EchoMapping::PutFile(Context& context, const HttpBody& request, HttpBody& response) {
  return Echo(context, request, response);
}

Status EchoMapping::PutNamed(Context& context, const NamedFile& request, NamedFile& response) {
  context.AddHeader("x-name", request.name());
  return Echo(context, request, response);
}

Status EchoMapping::Upload(Context& context, protorest::Reader<NamedFile>& chunks,
                           Uploaded& response) {
  NamedFile chunk;
  while (chunks.Read(chunk)) {
    response.set_name(chunk.name());
    response.set_chunks(response.chunks() + 1);
    response.mutable_data()->append(chunk.file().data());
    auto& types = *response.mutable_content_types();
    const std::string& type = chunk.file().content_type();
    if (types.empty() || types[types.size() - 1] != type) *types.Add() = type;
  }
  return Outcome(context);
}

Status EchoMapping::UploadLenient(Context& context, protorest::Reader<NamedFile>& chunks,
                                  Uploaded& response) {
  return Upload(context, chunks, response);
}

Status EchoMapping::Download(Context& context, const DownloadRequest& request,
                             protorest::Writer<HttpBody>& chunks) {
  HttpBody chunk;
  chunk.set_content_type(request.type());
  for (const std::string& data : request.chunks()) {
    chunk.set_data(data);
    if (!chunks.Write(chunk)) break;
    chunk.set_content_type("text/late");  // only the first one counts
  }
  return request.fail() ? Status::Unavailable("the disk is gone") : Outcome(context);
}

Status EchoMapping::Pipe(Context& context, protorest::ReaderWriter<HttpBody, HttpBody>& stream) {
  HttpBody chunk;
  while (stream.Read(chunk) && stream.Write(chunk)) {
  }
  return Outcome(context);
}

Status EchoMapping::Submit(Context& context, const Form& request, Form& response) {
  return Echo(context, request, response);
}

Status EchoMapping::SubmitLenient(Context& context, const Form& request, Form& response) {
  return Echo(context, request, response);
}

Status EchoMapping::EchoLegacy(Context& context, const Legacy& request, Legacy& response) {
  return Echo(context, request, response);
}

}  // namespace mapping
