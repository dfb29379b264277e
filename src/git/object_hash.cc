#include "git/object_hash.h"

#include <mbedtls/sha1.h>

#include <array>
#include <string>

#include "base/sha256.h"
#include "base/text.h"

namespace hfscan {
namespace {

std::string_view name_of(ObjectType type) {
  switch (type) {
    case ObjectType::commit: return "commit";
    case ObjectType::tree: return "tree";
    case ObjectType::tag: return "tag";
    case ObjectType::blob: break;
  }
  return "blob";
}

std::array<unsigned char, 20> sha1(std::string_view first, std::string_view second) {
  mbedtls_sha1_context context;
  mbedtls_sha1_init(&context);
  mbedtls_sha1_starts_ret(&context);
  for (const std::string_view part : {first, second}) {
    mbedtls_sha1_update_ret(&context, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  std::array<unsigned char, 20> digest{};
  mbedtls_sha1_finish_ret(&context, digest.data());
  mbedtls_sha1_free(&context);
  return digest;
}

}  // namespace

ObjectId hash_object(ObjectType type, std::string_view bytes, ObjectFormat format) {
  std::string header = cat(name_of(type), " ", std::to_string(bytes.size()));
  header.push_back('\0');
  const auto id_of = [](const auto& digest) {
    return ObjectId::from_raw({reinterpret_cast<const char*>(digest.data()), digest.size()});
  };
  if (format == ObjectFormat::sha256) return id_of(Sha256().update(header).update(bytes).finish());
  return id_of(sha1(header, bytes));
}

}  // namespace hfscan
