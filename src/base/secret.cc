#include "base/secret.h"

#include <string.h>  // explicit_bzero; NOLINT(modernize-deprecated-headers)

#include <utility>

namespace hfscan {

void wipe(std::string& buffer) {
  buffer.resize(buffer.capacity());
  explicit_bzero(buffer.data(), buffer.size());
  buffer.clear();
}

Secret::Secret(std::string_view bytes) : bytes_(bytes) {}

Secret::~Secret() { wipe(); }

// A copy, then a wipe: moving a short string would leave its bytes in `other`.
// NOLINTNEXTLINE(cert-oop11-cpp, performance-move-constructor-init)
Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = other.bytes_;
    other.wipe();
  }
  return *this;
}

Sha256Digest Secret::id() const { return sha256(bytes_); }

void Secret::wipe() { hfscan::wipe(bytes_); }

WipingBuffer::WipingBuffer(WipingBuffer&& other) noexcept : bytes_(std::move(other.bytes_)) {}

WipingBuffer& WipingBuffer::operator=(WipingBuffer&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
  }
  return *this;
}

WipingBuffer& WipingBuffer::append(std::string_view text) {
  if (bytes_.capacity() - bytes_.size() < text.size()) {
    std::string larger;
    larger.reserve(2 * (bytes_.size() + text.size()) + kFirstCapacity);
    larger.append(bytes_);
    wipe(bytes_);
    bytes_ = std::move(larger);
  }
  bytes_.append(text);
  return *this;
}

}  // namespace hfscan
