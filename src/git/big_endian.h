// Numbers as git's binary files hold them: most significant byte first.
#pragma once

#include <cstdint>
#include <string>

namespace hfscan {

// The caller knows that four, or eight, bytes are there.
inline std::uint32_t read_big_endian32(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

inline std::uint64_t read_big_endian64(const char* bytes) {
  return std::uint64_t{read_big_endian32(bytes)} << 32U | read_big_endian32(bytes + 4);
}

inline void append_big_endian32(std::string& out, std::uint32_t value) {
  for (unsigned shift = 32; shift > 0; shift -= 8) out.push_back(static_cast<char>(value >> (shift - 8) & 0xFFU));
}

inline void append_big_endian64(std::string& out, std::uint64_t value) {
  append_big_endian32(out, static_cast<std::uint32_t>(value >> 32U));
  append_big_endian32(out, static_cast<std::uint32_t>(value & 0xFFFFFFFFU));
}

}  // namespace hfscan
