// Reads what a member sends on the call's own thread, and writes what it is told on another.
#include "chat_service.h"

#include <string>
#include <thread>
#include <vector>

namespace chat {

using protorest::Context;
using protorest::Status;

Status ChatService::WatchRoom(Context& context, const v1::WatchRoomRequest& request,
                              protorest::Writer<v1::Room>& rooms) {
  std::uint64_t version = 0;
  std::vector<std::string> users;
  while (rooms_.Watch(request.room(), context.stop_token(), version, users)) {
    v1::Room room;
    room.mutable_users()->Assign(users.begin(), users.end());
    if (!rooms.Write(room)) break;
  }
  return Status::Cancelled("the watcher has gone");
}

Status ChatService::Chat(Context&,
                         protorest::ReaderWriter<v1::ChatMessage, v1::ChatMessage>& stream) {
  v1::ChatMessage message;
  if (!stream.Read(message)) return Status::InvalidArgument("the first message says hello");
  if (message.user().size() > 20) return Status::InvalidArgument("a name has at most 20 bytes");

  const std::string room = message.room();
  const auto member = rooms_.Join(room, message.user());
  std::jthread writer([&stream, &member] {
    v1::ChatMessage next;
    while (member->Next(next) && stream.Write(next)) {
    }
  });
  do {
    rooms_.Post(message);
  } while (stream.Read(message));
  rooms_.Leave(room, member);
  member->Close();
  return Status::Ok();  // once the writer has told the rest
}

}  // namespace chat
