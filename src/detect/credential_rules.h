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
  Sha256Digest id;     // SHA-256 of the credential
  std::size_t length;  // of the credential's own bytes
  bool hidden;         // in a dress that hides it from a reader: base64, hexadecimal, split
  bool decodes;        // a web token whose payload can be read
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

  // How comments are written in files of this path: equal for paths that are read alike.
  [[nodiscard]] static char path_style(std::string_view path);

  // Whether the place says that a token follows (HF_TOKEN=, Bearer, --token): a telling context of some rule for this kind
  // holds, whichever rule claims the credential.
  [[nodiscard]] bool is_telling(const CredentialPlace& place) const;

 private:
  struct Entry;
  std::vector<std::unique_ptr<Entry>> entries_;  // by falling precedence
};

}  // namespace hfscan
