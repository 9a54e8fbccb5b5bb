// The table of notes.Notes and its dispatch.
#include "tests/support/notes/notes.h"

#include <google/protobuf/empty.pb.h>

namespace notes {
namespace {

using google::protobuf::Message;
using protorest::HttpBinding;
using protorest::MethodKind;

template <class T>
const Message& DefaultOf() {
  return T::default_instance();
}
constexpr protorest::MessageType kNote = {&DefaultOf<Note>};
constexpr protorest::MessageType kEmpty = {&DefaultOf<google::protobuf::Empty>};

constexpr HttpBinding kGet[] = {{"GET", "/v1/notes/{name}", "", ""}};
constexpr HttpBinding kCreate[] = {{"POST", "/v1/notes", "*", ""},
                                   {"PUT", "/v1/notes/{name}", "inner", "inner"},
                                   {"PUT", "/v1/tags/{name}", "tags", "tags"},
                                   {"PUT", "/v1/numbers/{name}", "number", "number"}};
constexpr HttpBinding kList[] = {{"GET", "/v1/notes", "", ""},
                                 {"POST", "/v1/notes:search", "*", ""}};
constexpr HttpBinding kUpload[] = {{"POST", "/v1/notes:upload", "*", ""},
                                   {"POST", "/v1/{name}/upload", "*", ""}};
constexpr HttpBinding kChat[] = {{"POST", "/v1/chat", "*", ""}, {"GET", "/v1/{name}/chat", "", ""}};
constexpr HttpBinding kForget[] = {{"DELETE", "/v1/notes/{name}", "", ""}};

constexpr protorest::MethodInfo kMethods[] = {
    {"Get", "notes.Notes/Get", MethodKind::kUnary, kNote, kNote, kGet},
    {"Create", "notes.Notes/Create", MethodKind::kUnary, kNote, kNote, kCreate},
    {"List", "notes.Notes/List", MethodKind::kServerStream, kNote, kNote, kList},
    {"Upload", "notes.Notes/Upload", MethodKind::kClientStream, kNote, kNote, kUpload},
    {"Chat", "notes.Notes/Chat", MethodKind::kBidiStream, kNote, kNote, kChat},
    {"Forget", "notes.Notes/Forget", MethodKind::kUnary, kNote, kEmpty, kForget},
};

std::string_view OpenApi() {
  return R"({"openapi":"3.1.0","info":{"title":"notes","version":"1"},"paths":{}})";
}

constexpr protorest::ServiceInfo kNotes = {"notes.Notes", kMethods, OpenApi};

}  // namespace

const protorest::ServiceInfo& NotesInfo() { return kNotes; }

Status PlainNotes::Dispatch(std::size_t method, protorest::Call& call) {
  const auto unset = [&] { return protorest::Unimplemented(kMethods[method].full_name); };
  switch (method) {
    case 0:
      return get ? get(call.context(), call.request<Note>(), call.response<Note>()) : unset();
    case 1:
      return create ? create(call.context(), call.request<Note>(), call.response<Note>()) : unset();
    case 2:
      return list ? list(call.context(), call.request<Note>(), call.stream<Writer<Note>>())
                  : unset();
    case 3:
      return upload ? upload(call.context(), call.stream<Reader<Note>>(), call.response<Note>())
                    : unset();
    case 4:
      return chat ? chat(call.context(), call.stream<ReaderWriter<Note, Note>>()) : unset();
    default:
      return {};
  }
}

Task<Status> AsyncNotes::Dispatch(std::size_t method, protorest::Call& call) {
  const auto unset = [&] { return protorest::UnimplementedAsync(kMethods[method].full_name); };
  switch (method) {
    case 0:
      return get ? get(call.context(), call.request<Note>(), call.response<Note>()) : unset();
    case 1:
      return create ? create(call.context(), call.request<Note>(), call.response<Note>()) : unset();
    case 2:
      return list ? list(call.context(), call.request<Note>(), call.stream<AsyncWriter<Note>>())
                  : unset();
    case 3:
      return upload
                 ? upload(call.context(), call.stream<AsyncReader<Note>>(), call.response<Note>())
                 : unset();
    case 4:
      return chat ? chat(call.context(), call.stream<AsyncReaderWriter<Note, Note>>()) : unset();
    default:
      return [](void) -> Task<Status> { co_return Status(); }();
  }
}

}  // namespace notes
