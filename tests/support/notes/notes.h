// A service with a method of each kind, in both flavours, whose behaviour each test sets: what the
// plugin would generate, by hand.
#pragma once

#include <functional>
#include <string>

#include "notes.pb.h"
#include "protorest/handler.h"

namespace notes {

using protorest::AsyncReader;
using protorest::AsyncReaderWriter;
using protorest::AsyncWriter;
using protorest::Context;
using protorest::Reader;
using protorest::ReaderWriter;
using protorest::Status;
using protorest::Task;
using protorest::Writer;

// notes.Notes:
//   Get     GET    /v1/notes/{name}          unary
//   Create  POST   /v1/notes         *       unary; also PUT /v1/notes/{name} with body "inner" and
//                                            response body "inner"; PUT /v1/tags/{name}: "tags",
//                                            both
//   List    GET    /v1/notes                 server stream; also POST /v1/notes:search with body
//   "*" Upload  POST   /v1/notes:upload  *       client stream; also POST /v1/{name}/upload Chat
//   POST   /v1/chat          *       both Forget  DELETE /v1/notes/{name}          unary, answers
//   google.protobuf.Empty
const protorest::ServiceInfo& NotesInfo();

// A method that was not set answers UNIMPLEMENTED.
class PlainNotes final : public protorest::PlainHandler {
 public:
  std::function<Status(Context&, const Note&, Note&)> get;
  std::function<Status(Context&, const Note&, Note&)> create;
  std::function<Status(Context&, const Note&, Writer<Note>&)> list;
  std::function<Status(Context&, Reader<Note>&, Note&)> upload;
  std::function<Status(Context&, ReaderWriter<Note, Note>&)> chat;

  const protorest::ServiceInfo& service() const override { return NotesInfo(); }

 protected:
  Status Dispatch(std::size_t method, protorest::Call& call) override;
};

class AsyncNotes final : public protorest::AsyncHandler {
 public:
  std::function<Task<Status>(Context&, const Note&, Note&)> get;
  std::function<Task<Status>(Context&, const Note&, Note&)> create;
  std::function<Task<Status>(Context&, const Note&, AsyncWriter<Note>&)> list;
  std::function<Task<Status>(Context&, AsyncReader<Note>&, Note&)> upload;
  std::function<Task<Status>(Context&, AsyncReaderWriter<Note, Note>&)> chat;

  const protorest::ServiceInfo& service() const override { return NotesInfo(); }

 protected:
  Task<Status> Dispatch(std::size_t method, protorest::Call& call) override;
};

}  // namespace notes
