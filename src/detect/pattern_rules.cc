#include "detect/pattern_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "detect/regex.h"

namespace hfscan {
namespace {

constexpr std::size_t kReach = 512;  // bytes on either side of a keyword that the expression sees

// A keyword as a literal of an expression.
std::string escaped(std::string_view keyword) {
  std::string out;
  for (const char c : keyword) {
    if (!is_alnum_ascii(c) && static_cast<unsigned char>(c) < 0x80) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string any_of(const std::vector<std::string>& keywords) {
  std::string pattern = "(?i)";
  for (const std::string& keyword : keywords) pattern += cat(pattern.size() > 4 ? "|" : "", escaped(keyword));
  return pattern;
}

// The keywords' surroundings, overlapping ones joined.
std::vector<ByteSpan> windows(std::string_view text, const Regex& keywords) {
  std::vector<ByteSpan> spans;
  for (const Regex::Hit& hit : keywords.find_all(text)) {
    const std::size_t begin = hit.whole.begin - std::min(hit.whole.begin, kReach);
    const std::size_t end = std::min(text.size(), hit.whole.end + kReach);
    if (!spans.empty() && begin <= spans.back().end)
      spans.back().end = end;
    else
      spans.push_back({begin, end});
  }
  return spans;
}

}  // namespace

struct PatternRules::Entry {
  const Rule* rule;
  Regex keywords;
  std::vector<std::unique_ptr<Regex>> patterns;

  explicit Entry(const Rule& source) : rule(&source), keywords(any_of(std::get<PatternMatch>(source.match).keywords)) {
    for (const std::string& pattern : std::get<PatternMatch>(source.match).patterns) {
      patterns.push_back(std::make_unique<Regex>(pattern));
    }
  }

  // Several patterns of one rule may hit the same place: that is one finding.
  void find(std::string_view text, std::vector<PatternHit>& hits) const {
    std::set<std::pair<ByteSpan, ByteSpan>> places;
    for (const ByteSpan& window : windows(text, keywords)) {
      for (const auto& pattern : patterns) find_in(text, window, *pattern, places);
    }
    for (const auto& [whole, secret] : places) hits.push_back({rule, whole, secret});
  }

 private:
  static void find_in(std::string_view text, ByteSpan window, const Regex& pattern,
                      std::set<std::pair<ByteSpan, ByteSpan>>& places) {
    const auto from_start = [&window](Regex::Span span) {
      return ByteSpan{window.begin + span.begin, window.begin + span.end};
    };
    const std::string_view part = text.substr(static_cast<std::size_t>(window.begin), static_cast<std::size_t>(window.size()));
    for (const Regex::Hit& hit : pattern.find_all(part)) places.emplace(from_start(hit.whole), from_start(hit.secret));
  }
};

PatternRules::PatternRules(std::span<const Rule* const> rules) {
  for (const Rule* rule : rules) {
    if (std::holds_alternative<PatternMatch>(rule->match)) entries_.push_back(std::make_unique<Entry>(*rule));
  }
}

PatternRules::~PatternRules() = default;

void PatternRules::find(std::string_view text, std::string_view path, std::vector<PatternHit>& hits) const {
  for (const auto& entry : entries_) {
    if (applies_to_path(*entry->rule, path)) entry->find(text, hits);
  }
}

}  // namespace hfscan
