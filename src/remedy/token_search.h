// Where known secrets stand in bytes, decided by their SHA-256: the secret itself need not be known, so that a plan, a script
// and a report that say what to replace hold none.
//
// Separate from detection, which decides what looks like a secret: here only what is already known counts, in plain and in
// UTF-16 and UTF-32 of either byte order, at any position, whatever stands around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/sha256.h"
#include "core/location.h"

namespace hfscan {

// All that is needed to find a secret and to replace it.
struct KnownSecret {
  Sha256Digest id{};
  std::string prefix;    // public: "hf_"; never empty
  std::size_t size = 0;  // bytes, prefix included
  bool operator==(const KnownSecret&) const = default;
};

// From the mask that reports show, "hf_…(37)". Nothing when it has no prefix by which it could be looked for.
std::optional<KnownSecret> known_secret(const Sha256Digest& id, std::string_view masked);

// What stands in place of the secret afterwards: as many bytes, the same prefix, then REVOKED_, eight digits of the id and
// underscores. A bare word in YAML, TOML, JSON, shells, URLs, paths and ref names that no scanner takes for a token.
std::string replacement_of(const KnownSecret& secret);

struct TokenSpan {
  ByteSpan span;
  std::uint32_t secret = 0;  // index into TokenSearch::secrets()
  unsigned step = 1;         // bytes from one character to the next: 1 plain, 2 UTF-16, 4 UTF-32
};

// Immutable; thread-safe.
class TokenSearch {
 public:
  explicit TokenSearch(std::vector<KnownSecret> secrets) : secrets_(std::move(secrets)) {}

  [[nodiscard]] const std::vector<KnownSecret>& secrets() const { return secrets_; }

  // In ascending order; they do not overlap.
  [[nodiscard]] std::vector<TokenSpan> find(std::string_view bytes) const;
  [[nodiscard]] bool holds_any(std::string_view bytes) const { return !find(bytes).empty(); }

  // The bytes with every secret replaced, in its own encoding; as long as before.
  [[nodiscard]] std::string replaced(std::string_view bytes) const;

  // The secret that stands at a span that find() gave.
  [[nodiscard]] static Secret take(std::string_view bytes, const TokenSpan& span);

 private:
  void find_at_step(std::string_view bytes, unsigned step, std::vector<TokenSpan>& found) const;
  std::vector<KnownSecret> secrets_;
};

// `text` with `step - 1` zero bytes between each two characters.
std::string spread(std::string_view text, unsigned step);

}  // namespace hfscan
