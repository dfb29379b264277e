// Comments by which a file allows a finding: `hfscan:allow[HF1001] reason` on the same line or alone on the line before, and,
// when honoured, the directives of other scanners. docs/suppression.md describes them for users.
#pragma once

#include <optional>
#include <string>

#include "core/rule.h"
#include "detect/text_layer.h"

namespace hfscan {

struct SuppressionOptions {
  bool own = true;      // hfscan:allow
  bool foreign = true;  // gitleaks:allow, pragma: allowlist secret, pragma: allowlist nextline secret
};

// The justification when a directive allows `rule` at the span of layer.text(): "hfscan:allow: reason". Looks at most 4 KiB far
// along a line.
std::optional<std::string> find_suppression(const TextLayer& layer, ByteSpan text_span, const Rule& rule,
                                            const SuppressionOptions& options);

}  // namespace hfscan
