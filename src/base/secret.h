// Secret: the bytes of one credential, in a type that cannot be printed, compared, formatted or copied by accident.
//
// Everything outside works with the SHA-256 (the "secret id") and the mask. The bytes are overwritten when the object dies.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.h"

namespace hfscan {

class Secret {
 public:
  // Takes a copy of `bytes`; the caller's buffer stays the caller's.
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  bool operator==(const Secret&) const = delete;

  [[nodiscard]] Sha256Digest id() const;
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  // The one way to the bytes: for classifying them in place, and for writing them into a pipe to a child process.
  [[nodiscard]] std::string_view expose() const { return bytes_; }

 private:
  void wipe();
  std::string bytes_;
};

// Overwrites a buffer in a way that the compiler keeps.
void wipe(std::string& buffer);

// Text that a secret goes into on its way to a child process. Growing and ending leave no copy behind.
class WipingBuffer {
 public:
  WipingBuffer() { bytes_.reserve(kFirstCapacity); }
  ~WipingBuffer() { wipe(bytes_); }
  WipingBuffer(WipingBuffer&& other) noexcept;
  WipingBuffer& operator=(WipingBuffer&& other) noexcept;
  WipingBuffer(const WipingBuffer&) = delete;
  WipingBuffer& operator=(const WipingBuffer&) = delete;

  WipingBuffer& append(std::string_view text);
  [[nodiscard]] std::string_view view() const { return bytes_; }

 private:
  // More than a string holds in itself, so that a move hands over memory and copies nothing.
  static constexpr std::size_t kFirstCapacity = 256;
  std::string bytes_;
};

}  // namespace hfscan
