#include "detect/anchor_cores.h"

#include <bit>

#include "detect/anchor_conditions.h"
#include "detect/joints.h"

namespace hfscan::anchor_detail {
namespace {

using std::string_view;

struct CorePlace {
  std::uint8_t at;  // which element of the pattern is the first of the three core bytes
  std::uint8_t bucket;
};
constexpr CorePlace kNoCore = {0xFF, 0};

// A literal as a byte pattern: a plain byte stands for itself, [abc] and [a-c] for one byte of a set.
struct Literal {
  string_view pattern;
  AnchorKind kind;
  std::uint8_t phase;   // as Anchor::phase
  Condition condition;  // null: the literal alone is the anchor
  CorePlace first;
  CorePlace second;  // only of literals that a line break may cut
};

#include "detect/anchor_table.inc"

// One element of a pattern: a byte, or what stands between brackets.
struct Element {
  string_view set;
  bool bracketed = false;

  [[nodiscard]] constexpr bool has(char c) const {
    if (!bracketed) return set[0] == c;
    for (std::size_t i = 0; i < set.size(); ++i) {
      const bool range = i + 2 < set.size() && set[i + 1] == '-';
      if (range ? set[i] <= c && c <= set[i + 2] : set[i] == c) return true;
      if (range) i += 2;
    }
    return false;
  }
};

// Takes the next element off the front of the pattern.
constexpr Element next_element(string_view& pattern) {
  const bool bracketed = pattern.front() == '[';
  const std::size_t length = bracketed ? pattern.find(']') : 1;
  const Element element{bracketed ? pattern.substr(1, length - 1) : pattern.substr(0, 1), bracketed};
  pattern.remove_prefix(bracketed ? length + 1 : 1);
  return element;
}

struct Elements {
  std::array<Element, 26> at{};
  std::size_t count = 0;
};

constexpr Elements elements_of(string_view pattern) {
  Elements elements;
  while (!pattern.empty()) elements.at[elements.count++] = next_element(pattern);
  return elements;
}

constexpr auto kElements = [] {
  std::array<Elements, kLiterals.size()> all{};
  for (std::size_t i = 0; i < kLiterals.size(); ++i) all[i] = elements_of(kLiterals[i].pattern);
  return all;
}();

// The cores of a bucket, as indices into kLiterals; cores[n] of cores[begin..].
struct BucketCore {
  std::uint8_t literal = 0;
  bool second = false;
};

struct BucketList {
  std::array<BucketCore, 2 * kLiterals.size()> cores{};
  std::array<std::uint8_t, kBuckets + 1> begin{};  // of each bucket in `cores`
};

constexpr BucketList kByBucket = [] {
  BucketList list;
  std::uint8_t count = 0;
  for (unsigned bucket = 0; bucket < kBuckets; ++bucket) {
    list.begin[bucket] = count;
    for (std::size_t i = 0; i < kLiterals.size(); ++i) {
      const Literal& literal = kLiterals[i];
      if (literal.first.bucket == bucket) list.cores[count++] = {static_cast<std::uint8_t>(i), false};
      if (literal.second.at != kNoCore.at && literal.second.bucket == bucket)
        list.cores[count++] = {static_cast<std::uint8_t>(i), true};
    }
  }
  list.begin[kBuckets] = count;
  return list;
}();

constexpr void add_element(CoreTables& tables, std::size_t position, const Element& element, unsigned bucket) {
  const auto bit = static_cast<std::uint16_t>(1U << bucket);
  NibbleTables& nibbles = tables.nibbles[bucket / 8][position];
  const auto set_bit = static_cast<std::uint8_t>(1U << bucket % 8);
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (!element.has(static_cast<char>(byte))) continue;
    nibbles.low[byte & 15U] |= set_bit;
    nibbles.high[byte >> 4U] |= set_bit;
    tables.exact[position][byte] |= bit;
  }
}

constexpr CoreTables make_tables() {
  CoreTables tables;
  for (std::size_t n = 0; n < kLiterals.size(); ++n) {
    for (const CorePlace& core : {kLiterals[n].first, kLiterals[n].second}) {
      if (core.at == kNoCore.at) continue;
      for (std::size_t i = 0; i < kCoreLength; ++i) add_element(tables, i, kElements[n].at[core.at + i], core.bucket);
    }
  }
  return tables;
}

// Compares the elements of a literal around a core that stands at `position`; one run break may cut them.
class LiteralMatch {
 public:
  LiteralMatch(string_view bytes, std::size_t literal, bool second)
      : bytes_(bytes),
        elements_(kElements[literal]),
        at_(second ? kLiterals[literal].second.at : kLiterals[literal].first.at),
        uncut_(kLiterals[literal].second.at == kNoCore.at) {}

  [[nodiscard]] bool matches(std::size_t position) {
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      if (!elements_.at[at_ + i].has(bytes_[position + i])) return false;
    }
    begin_ = position;
    end_ = position + kCoreLength;
    return match_after() && match_before();
  }

  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  // The first element behind the break; 0 when there is none.
  [[nodiscard]] std::size_t cut() const { return cut_; }

 private:
  bool match_after() {
    for (std::size_t i = at_ + kCoreLength; i < elements_.count; ++i, ++end_) {
      if (end_ < bytes_.size() && elements_.at[i].has(bytes_[end_])) continue;
      if (uncut_ || cut_ != 0 || end_ >= bytes_.size()) return false;
      cut_ = i;
      end_ = skip_run_break(bytes_, end_);
      if (end_ >= bytes_.size() || !elements_.at[i].has(bytes_[end_])) return false;
    }
    return true;
  }

  bool match_before() {
    for (std::size_t i = at_; i-- > 0; --begin_) {
      if (begin_ > 0 && elements_.at[i].has(bytes_[begin_ - 1])) continue;
      if (uncut_ || cut_ != 0 || begin_ == 0) return false;
      cut_ = i + 1;
      begin_ = run_break_before(bytes_, begin_);
      if (begin_ == 0 || !elements_.at[i].has(bytes_[begin_ - 1])) return false;
    }
    return true;
  }

  string_view bytes_;
  const Elements& elements_;
  std::size_t at_;
  bool uncut_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t cut_ = 0;
};

void verify_core(const BucketCore& core, string_view bytes, std::size_t position, std::vector<Anchor>& anchors) {
  const Literal& literal = kLiterals[core.literal];
  LiteralMatch match(bytes, core.literal, core.second);
  if (!match.matches(position)) return;
  // The second core speaks only where the first is cut.
  if (core.second && (match.cut() <= literal.first.at || match.cut() >= literal.first.at + kCoreLength)) return;
  const string_view reach = bytes.substr(0, match.begin() + kAnchorReach);
  if (literal.condition != nullptr && !literal.condition(reach, match.begin(), match.end())) return;
  anchors.push_back({match.begin(), literal.kind, literal.phase});
}

}  // namespace

constexpr CoreTables kTables = make_tables();
const CoreTables kCoreTables = kTables;

void verify_cores(std::string_view bytes, std::size_t position, unsigned buckets, std::vector<Anchor>& anchors) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data()) + position;
  const auto& exact = kCoreTables.exact;
  buckets &= static_cast<unsigned>(exact[0][data[0]] & exact[1][data[1]] & exact[2][data[2]]);
  for (; buckets != 0; buckets &= buckets - 1) {
    const auto bucket = static_cast<std::size_t>(std::countr_zero(buckets));
    for (std::size_t i = kByBucket.begin[bucket]; i < kByBucket.begin[bucket + 1]; ++i)
      verify_core(kByBucket.cores[i], bytes, position, anchors);
  }
}

void scan_scalar(std::string_view bytes, std::size_t from, std::vector<Anchor>& anchors) {
  const auto& exact = kCoreTables.exact;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t i = from; i + kCoreLength <= bytes.size(); ++i) {
    const unsigned buckets = exact[0][data[i]] & exact[1][data[i + 1]] & exact[2][data[i + 2]];
    if (buckets != 0) verify_cores(bytes, i, buckets, anchors);
  }
}

}  // namespace hfscan::anchor_detail
