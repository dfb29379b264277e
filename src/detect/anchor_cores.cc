#include "detect/anchor_cores.h"

#include <bit>
#include <span>
#include <utility>

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

// One element of a pattern: a set of bytes, all of them ASCII. The kernels count on that: a byte of 0x80 and above finds
// nothing in a nibble table.
struct Element {
  std::array<std::uint64_t, 2> bits{};

  [[nodiscard]] constexpr bool has(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && (bits[byte / 64] >> byte % 64 & 1U) != 0;
  }
  constexpr void add(char first, char last) {
    for (unsigned byte = static_cast<unsigned char>(first); byte <= static_cast<unsigned char>(last); ++byte)
      bits[byte / 64] |= std::uint64_t{1} << byte % 64;
  }
};

// Takes the next element off the front of the pattern.
constexpr Element next_element(string_view& pattern) {
  const bool bracketed = pattern.front() == '[';
  const std::size_t length = bracketed ? pattern.find(']') : 1;
  const string_view set = bracketed ? pattern.substr(1, length - 1) : pattern.substr(0, 1);
  Element element;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const bool range = i + 2 < set.size() && set[i + 1] == '-';
    element.add(set[i], set[range ? i + 2 : i]);
    if (range) i += 2;
  }
  pattern.remove_prefix(bracketed ? length + 1 : 1);
  return element;
}

struct Elements {
  std::array<Element, 26> at{};
  std::size_t count = 0;
};

constexpr auto kElements = [] {
  std::array<Elements, kLiterals.size()> all{};
  for (std::size_t i = 0; i < kLiterals.size(); ++i) {
    for (string_view pattern = kLiterals[i].pattern; !pattern.empty();) all[i].at[all[i].count++] = next_element(pattern);
  }
  return all;
}();

// A core with its three elements at hand: most that a bucket lets through is turned away by them.
struct Core {
  std::array<Element, kCoreLength> elements{};
  std::uint8_t literal = 0;  // index in kLiterals
  bool second = false;

  [[nodiscard]] bool stands_at(const char* bytes) const {
    return elements[0].has(bytes[0]) && elements[1].has(bytes[1]) && elements[2].has(bytes[2]);
  }
};

struct CoreList {
  std::array<Core, 2 * kLiterals.size()> cores{};  // by bucket
  std::array<std::uint8_t, kBuckets + 1> begin{};  // of each bucket in `cores`

  constexpr void add(std::size_t literal, bool second, std::size_t position) {
    Core& core = cores[position];
    core.literal = static_cast<std::uint8_t>(literal);
    core.second = second;
    const CorePlace& place = second ? kLiterals[literal].second : kLiterals[literal].first;
    for (std::size_t i = 0; i < kCoreLength; ++i) core.elements[i] = kElements[literal].at[place.at + i];
  }
};

constexpr CoreList kCores = [] {
  CoreList list;
  std::uint8_t count = 0;
  for (unsigned bucket = 0; bucket < kBuckets; ++bucket) {
    list.begin[bucket] = count;
    for (std::size_t i = 0; i < kLiterals.size(); ++i) {
      const auto& [first, second] = std::pair(kLiterals[i].first, kLiterals[i].second);
      if (first.bucket == bucket) list.add(i, false, count++);
      if (second.at != kNoCore.at && second.bucket == bucket) list.add(i, true, count++);
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
  for (unsigned bucket = 0; bucket < kBuckets; ++bucket) {
    for (std::size_t n = kCores.begin[bucket]; n < kCores.begin[bucket + 1]; ++n) {
      for (std::size_t i = 0; i < kCoreLength; ++i) add_element(tables, i, kCores.cores[n].elements[i], bucket);
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

  // The core itself has been compared.
  [[nodiscard]] bool matches(std::size_t position) {
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

void verify_core(const Core& core, string_view bytes, std::size_t position, std::vector<Anchor>& anchors) {
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

namespace {

// Calls `verify` with each core of the buckets that stands at `position`.
template <typename Verify>
void for_each_core(string_view bytes, std::size_t position, unsigned buckets, const Verify& verify) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data()) + position;
  const auto& exact = kCoreTables.exact;
  buckets &= static_cast<unsigned>(exact[0][data[0]] & exact[1][data[1]] & exact[2][data[2]]);
  for (; buckets != 0; buckets &= buckets - 1) {
    const auto bucket = static_cast<std::size_t>(std::countr_zero(buckets));
    const std::span cores =
        std::span(kCores.cores).subspan(kCores.begin[bucket], kCores.begin[bucket + 1] - kCores.begin[bucket]);
    for (const Core& core : cores) {
      if (core.stands_at(bytes.data() + position)) verify(core);
    }
  }
}

}  // namespace

bool core_at(std::string_view bytes, std::size_t position, unsigned buckets) {
  bool found = false;
  for_each_core(bytes, position, buckets, [&found](const Core&) { found = true; });
  return found;
}

void verify_cores(std::string_view bytes, std::size_t position, unsigned buckets, std::vector<Anchor>& anchors) {
  for_each_core(bytes, position, buckets, [&](const Core& core) { verify_core(core, bytes, position, anchors); });
}

void scan_scalar(std::string_view bytes, CoreRange range, CoreSink& sink) {
  const auto& exact = kCoreTables.exact;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t i = range.from; i < range.to; ++i) {
    const unsigned buckets = exact[0][data[i]] & exact[1][data[i + 1]] & exact[2][data[i + 2]];
    if (buckets != 0) sink.add(i, buckets);
  }
}

}  // namespace hfscan::anchor_detail
