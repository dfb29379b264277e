#include "scan/unpack_budget.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kUnpackIt = "; the rest was not scanned: unpack it and scan the folder";

}  // namespace

Error UnpackBudget::refuse(std::string message) {
  refusal_ = Error{std::move(message)};
  return *refusal_;
}

Status UnpackBudget::take_bytes(unsigned depth, std::uint64_t count) {
  if (refusal_) return *refusal_;
  if (bytes_.size() <= depth) bytes_.resize(depth + std::size_t{1});
  const std::uint64_t total = bytes_[depth] += count;
  if (total > limits_.max_bytes) {
    return refuse(
        cat("unpacks to more than ", human_bytes(limits_.max_bytes), kUnpackIt, ", or raise --archive-max-megabytes"));
  }
  if (total > kRatioFrom && total / kRatio > packed_bytes_) {
    return refuse(cat("unpacks to more than ", std::to_string(kRatio), " times its size, as archives do that are made to harm",
                      kUnpackIt, " if you trust it"));
  }
  return {};
}

Status UnpackBudget::take_member() {
  if (refusal_) return *refusal_;
  if (++members_ <= kMembers) return {};
  return refuse(cat("holds more than ", with_thousands(kMembers), " members", kUnpackIt));
}

Status UnpackBudget::take_archive() {
  if (refusal_) return *refusal_;
  if (++archives_ <= kArchives) return {};
  return refuse(cat("holds more than ", with_thousands(kArchives), " archives", kUnpackIt));
}

std::uint64_t UnpackBudget::take_findings(std::uint64_t count) {
  const std::uint64_t kept = std::min(count, kFindings - findings_);
  findings_ += kept;
  if (kept < count && !refusal_) refuse(cat("has more than ", with_thousands(kFindings), " findings", kUnpackIt));
  return kept;
}

}  // namespace hfscan
