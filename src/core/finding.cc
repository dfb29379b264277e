#include "core/finding.h"

#include <tuple>

#include "base/text.h"

namespace hfscan {

bool report_order(const Finding& a, const Finding& b) {
  return std::tie(a.location.path, a.location.range.start, a.rule->id, a.fingerprint) <
         std::tie(b.location.path, b.location.range.start, b.rule->id, b.fingerprint);
}

Sha256Digest make_fingerprint(const Finding& finding, std::uint64_t ordinal) {
  Sha256 hash;
  const auto field = [&hash](std::string_view value) { hash.update(cat(std::to_string(value.size()), ":")).update(value); };
  field("hfscan-fingerprint/1");
  field(finding.rule->id);
  field(finding.location.path);
  field(finding.secret && finding.secret->id ? to_hex(*finding.secret->id) : finding.hit_text);
  field(std::to_string(ordinal));
  return hash.finish();
}

}  // namespace hfscan
