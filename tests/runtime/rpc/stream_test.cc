// The typed streams over a MessageStream, blocking and awaited.
#include "protorest/stream.h"

#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <thread>

namespace protorest {
namespace {

using google::protobuf::Int32Value;

// Yields 0, 1, … up to `count`, each from another thread; doubles back what is written.
class Counter final : public MessageStream {
 public:
  explicit Counter(int count) : count_(count) {}
  void Read(google::protobuf::Message& message, Done done) override {
    std::thread([this, &message, done] {
      if (next_ == count_) return done(false);
      static_cast<Int32Value&>(message).set_value(next_++);
      done(true);
    }).detach();
  }
  void Write(const google::protobuf::Message& message, Done done) override {
    written_ += static_cast<const Int32Value&>(message).value();
    done(written_ < 3);
  }
  void CancelRead() override {}
  int written() const { return written_; }

 private:
  const int count_;
  int next_ = 0;
  int written_ = 0;
};

TEST(Stream, BlockingReadWaitsForAnotherThread) {
  Counter counter(3);
  Reader<Int32Value> reader(counter);
  Int32Value value;
  int sum = 0;
  while (reader.Read(value)) sum += value.value();
  EXPECT_EQ(sum, 3);
}

TEST(Stream, WriteSaysWhenThePeerIsGone) {
  Counter counter(0);
  Writer<Int32Value> writer(counter);
  Int32Value value;
  value.set_value(2);
  EXPECT_TRUE(writer.Write(value));
  EXPECT_FALSE(writer.Write(value));
  EXPECT_EQ(counter.written(), 4);
}

}  // namespace
}  // namespace protorest
