// ChatService: ordinary blocking code; each open call holds a thread or two.
#pragma once

#include "chat.rest.pb.h"
#include "rooms.h"

namespace chat {

class ChatService final : public v1::ChatServiceHandler {
 public:
  protorest::Status WatchRoom(protorest::Context& context, const v1::WatchRoomRequest& request,
                              protorest::Writer<v1::Room>& rooms) override;
  protorest::Status Chat(
      protorest::Context& context,
      protorest::ReaderWriter<v1::ChatMessage, v1::ChatMessage>& stream) override;

 private:
  Rooms rooms_;
};

}  // namespace chat
