#include "http/upgraded_socket.h"

namespace protorest::http {

void UpgradedSocket::Flush() {
  if (writing_ || error_) return;
  if (offset_ == sending_.size()) {
    sending_.clear();
    offset_ = 0;
    sending_.swap(gathered_);
  }
  if (sending_.empty()) {
    Error ignored;
    if (shut_when_sent_) socket_.shutdown(Socket::shutdown_send, ignored);
    return;
  }
  writing_ = true;
  socket_.async_write_some(
      boost::asio::buffer(sending_.data() + offset_, sending_.size() - offset_),
      boost::asio::bind_executor(
          strand_, [this, keep = owner_.lock()](const Error& error, std::size_t size) {
            OnWritten(error, size);
          }));
}

void UpgradedSocket::OnWritten(const Error& error, std::size_t size) {
  writing_ = false;
  sent_ += size;
  offset_ += size;
  error_ = error;
  if (error_) {
    gathered_.clear();
    sending_.clear();
    offset_ = 0;
  }
  Flush();
  if (!crowded()) LetRead();
  on_sent_();
}

void UpgradedSocket::ShutdownWhenSent() {
  shut_when_sent_ = true;
  corked_ = false;
  Flush();
}

void UpgradedSocket::ShutdownNow() {
  shut_ = true;
  LetRead();
  Error ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.cancel(ignored);  // Asio tells of the peer's end once: a read after that would stay
}

}  // namespace protorest::http
