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

}  // namespace hfscan
