#include "git/object_id.h"

#include <algorithm>
#include <cstring>

#include "base/encoding.h"

namespace hfscan {

ObjectId ObjectId::from_raw(std::string_view raw) {
  ObjectId id;
  id.size = static_cast<std::uint8_t>(std::min(raw.size(), id.bytes.size()));
  std::memcpy(id.bytes.data(), raw.data(), id.size);  // millions of times in a run
  return id;
}

std::optional<ObjectId> ObjectId::from_hex(std::string_view hex) {
  if (hex.size() != 40 && hex.size() != 64) return std::nullopt;
  const std::optional<std::string> raw = hex_decode(hex);
  if (!raw) return std::nullopt;
  return from_raw(*raw);
}

std::string ObjectId::hex() const { return hex_encode(raw()); }

bool ObjectId::is_zero() const {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

std::size_t ObjectIdHash::operator()(const ObjectId& id) const {
  std::size_t value = 0;  // the id is a hash already: its first bytes are as good as any
  std::memcpy(&value, id.bytes.data(), sizeof value);
  return value;
}

}  // namespace hfscan
