// The input buffer: what is pinned or being read into stays where it is.
#include "http/input_buffer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace protorest::http {
namespace {

void Fill(InputBuffer& buffer, std::span<char> room, const std::string& text) {
  ASSERT_GE(room.size(), text.size());
  std::memcpy(room.data(), text.data(), text.size());
  buffer.Commit(text.size());
}

// A connection whose calls end on other threads always has a read under way: the next head comes in
// behind the pinned one, and the room it comes into outlasts the pin.
TEST(InputBuffer, RoomStaysWhereItIsWhenARequestEnds) {
  InputBuffer buffer(4096);
  std::span<char> room = buffer.Space(1024);
  for (int i = 0; i < 5000; ++i) {
    const std::string head = "request " + std::to_string(i) + std::string(80, '.');
    Fill(buffer, room, head);
    ASSERT_EQ(buffer.unread(), head);
    const std::string_view pinned = buffer.unread();
    buffer.Consume(head.size());
    buffer.Pin();
    room = buffer.Space(1024);
    ASSERT_EQ(pinned, head);
    buffer.Unpin();
  }
}

TEST(InputBuffer, HeadsThatAreAnsweredDoNotMakeItGrow) {
  InputBuffer buffer(4096);
  std::span<char> room = buffer.Space(1024);
  for (int i = 0; i < 5000; ++i) {
    Fill(buffer, room, std::string(100, 'x'));
    buffer.Consume(100);
    buffer.Pin();
    room = buffer.Space(1024);
    ASSERT_LE(room.size(), 4096u);
    buffer.Unpin();
  }
}

TEST(InputBuffer, ALargeBlockIsGivenBack) {
  InputBuffer buffer(4096);
  Fill(buffer, buffer.Space(1'000'000), std::string(1'000'000, 'x'));
  buffer.Consume(1'000'000);
  buffer.Pin();
  buffer.Unpin();
  bool moved = false;
  EXPECT_EQ(buffer.Space(1024, &moved).size(), 4096u);
  EXPECT_TRUE(moved);
}

}  // namespace
}  // namespace protorest::http
