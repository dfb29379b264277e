#include "sources/stdin.h"

#include <unistd.h>

#include <cerrno>

#include "base/file.h"

namespace hfscan {
namespace {

class StdinContent : public Content {
 public:
  Result<std::size_t> read(std::span<char> buffer) override {
    for (;;) {
      const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Error{errno_text(errno)};
      return static_cast<std::size_t>(count);
    }
  }
};

}  // namespace

Status StdinSource::for_each(SourceSink& sink) {
  Item item;
  item.path = label_;
  item.store = this;
  sink.push(std::move(item));
  return {};
}

Result<std::unique_ptr<Content>> StdinSource::open(const Item& /*item*/) const {
  return std::unique_ptr<Content>(std::make_unique<StdinContent>());
}

}  // namespace hfscan
