// Credentials of Hugging Face in the text of one place, as the rules about tokens find them anywhere: in every dress, without
// placeholders. The rules about the host then say what it means that they stand there.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/rule.h"
#include "detect/detector.h"

namespace hfscan {

struct FoundToken {
  ByteSpan span;  // in the text
  SecretReference secret;
  bool harmless = false;  // a known token of a test server
};

class TokenFinder {
 public:
  // Of `rules` those that claim credentials; they must outlive the object.
  explicit TokenFinder(std::span<const Rule* const> rules);

  // In the order of the text. Thread-safe.
  [[nodiscard]] std::vector<FoundToken> find(std::string_view text, std::string_view path) const;

 private:
  std::vector<const Rule*> rules_;
  Detector detector_;
};

}  // namespace hfscan
