#include "base/sha256.h"

#include <mbedtls/sha256.h>

#include "base/encoding.h"

namespace hfscan {

struct Sha256::State {
  mbedtls_sha256_context context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  mbedtls_sha256_init(&state_->context);
  mbedtls_sha256_starts_ret(&state_->context, 0);
}

Sha256::~Sha256() { mbedtls_sha256_free(&state_->context); }  // overwrites the state

Sha256& Sha256::update(std::string_view bytes) {
  mbedtls_sha256_update_ret(&state_->context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return *this;
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  mbedtls_sha256_finish_ret(&state_->context, digest.data());
  return digest;
}

Sha256Digest sha256(std::string_view bytes) { return Sha256().update(bytes).finish(); }

std::string to_hex(const Sha256Digest& digest) {
  return hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::optional<Sha256Digest> digest_from_hex(std::string_view hex) {
  const std::optional<std::string> bytes = hex_decode(hex);
  Sha256Digest digest;
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) digest.at(i) = static_cast<std::uint8_t>((*bytes)[i]);
  return digest;
}

}  // namespace hfscan
