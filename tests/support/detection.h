// The detector with the built-in rules, for tests that ask what it finds in a text.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "detect/detector.h"
#include "rules/rule_set.h"

namespace hfscan::test {

inline const RuleSet& builtin_rule_set() {
  static const RuleSet set;
  return set;
}

inline std::vector<const Rule*> default_rules() { return *builtin_rule_set().select({}, "default"); }

inline const Detector& builtin_detector() {
  static const std::vector<const Rule*> rules = default_rules();
  static const Detector detector(rules, {});
  return detector;
}

inline BlobResult detect(std::string_view text, std::string path = "file.txt") {
  thread_local Detector::Scratch scratch;
  Item item;
  item.path = std::move(path);
  return builtin_detector().scan_bytes(text, item, scratch);
}

inline bool finds(const BlobResult& result, std::string_view secret) {
  const Sha256Digest id = sha256(secret);
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [&id](const Finding& finding) { return finding.secret && finding.secret->id == id; });
}

// A content of given bytes that returns reads of random sizes, may have holes, and may fail at some point.
class ChunkedContent : public Content {
 public:
  struct Hole {
    std::size_t at;       // in the bytes
    std::uint64_t zeros;  // that are not among the bytes
  };

  ChunkedContent(std::string_view bytes, std::size_t largest_read, std::uint64_t seed)
      : bytes_(bytes), largest_(largest_read), state_(seed) {}

  void add_hole(Hole hole) { holes_.push_back(hole); }
  void fail_at(std::size_t position) { fail_at_ = position; }

  Result<std::size_t> read(std::span<char> buffer) override {
    if (position_ == fail_at_) return Error{"input/output error"};
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    std::size_t end = std::min(bytes_.size(), fail_at_);
    for (const Hole& hole : holes_) {
      if (hole.at > position_) end = std::min(end, hole.at);
    }
    const std::size_t wanted = 1 + static_cast<std::size_t>(state_ >> 33U) % largest_;
    const std::size_t count = std::min({wanted, buffer.size(), end - position_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
    position_ += count;
    return count;
  }

  std::uint64_t skip_zeros() override {
    for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
      if (hole->at != position_) continue;
      const std::uint64_t zeros = hole->zeros;
      holes_.erase(hole);
      return zeros;
    }
    return 0;
  }

 private:
  std::string_view bytes_;
  std::size_t largest_;
  std::uint64_t state_;
  std::size_t position_ = 0;
  std::size_t fail_at_ = std::string_view::npos;
  std::vector<Hole> holes_;
};

}  // namespace hfscan::test
