// Which rule reports a credential that the grammar has found: the contexts, callees and paths of the credential rules.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "core/rule.h"

namespace hfscan {

// One credential where it stands plainly: in the blob's own text, or in text that was decoded from it.
struct CredentialPlace {
  std::string_view text;
  ByteSpan span;
  CredentialKind kind;
  std::string_view path;
  Sha256Digest id;  // SHA-256 of the credential
  bool hidden;      // in a dress that hides it from a reader: base64, hexadecimal, split
};

// Immutable after construction; thread-safe.
class CredentialRules {
 public:
  // The rules with a CredentialMatch among `rules`, which must outlive this.
  explicit CredentialRules(std::span<const Rule* const> rules);
  ~CredentialRules();
  CredentialRules(const CredentialRules&) = delete;
  CredentialRules& operator=(const CredentialRules&) = delete;
  CredentialRules(CredentialRules&&) = delete;
  CredentialRules& operator=(CredentialRules&&) = delete;

  // The rule of highest precedence that claims the credential, or null.
  [[nodiscard]] const Rule* claim(const CredentialPlace& place) const;

 private:
  struct Entry;
  std::vector<std::unique_ptr<Entry>> entries_;  // by falling precedence
};

}  // namespace hfscan
