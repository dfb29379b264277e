#include "detect/regex.h"

#include <re2/re2.h>

#include <array>
#include <map>

#include "base/text.h"

namespace hfscan {
namespace {

RE2::Options options() {
  RE2::Options result(RE2::Latin1);
  result.set_log_errors(false);
  result.set_max_mem(std::int64_t{16} << 20U);
  return result;
}

}  // namespace

struct Regex::Compiled {
  explicit Compiled(const std::string& pattern) : expression(pattern, options()) {
    const auto& groups = expression.NamedCapturingGroups();
    const auto found = groups.find("secret");
    secret_group = found == groups.end() ? 0 : found->second;
  }
  RE2 expression;
  int secret_group = 0;
};

Result<RegexCost> check_regex(const std::string& pattern) {
  const RE2 expression(pattern, options());
  if (!expression.ok()) {
    return Error{cat("pattern ", quoted(pattern), " is not valid RE2 syntax: ", escape_for_display(expression.error()))};
  }
  const RegexCost cost{expression.ProgramSize()};
  if (cost.program_size > RegexCost::kMaxProgramSize) {
    return Error{cat("pattern ", quoted(pattern), " needs ", std::to_string(cost.program_size), " states (limit ",
                     std::to_string(RegexCost::kMaxProgramSize), "): bound or shorten its repeats")};
  }
  return cost;
}

Regex::Regex(std::string pattern) : pattern_(std::move(pattern)) {}
Regex::~Regex() = default;

const Regex::Compiled& Regex::compiled() const {
  std::call_once(once_, [this] { compiled_ = std::make_unique<Compiled>(pattern_); });
  return *compiled_;
}

bool Regex::search(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled().expression);
}

std::vector<Regex::Hit> Regex::find_all(std::string_view text) const {
  constexpr int kMaxGroups = 16;
  const Compiled& regex = compiled();
  const re2::StringPiece input(text.data(), text.size());
  const int groups = std::min(kMaxGroups, regex.secret_group + 1);
  std::array<re2::StringPiece, kMaxGroups> found;
  std::vector<Hit> hits;
  const auto span = [&input](const re2::StringPiece& piece) {
    const auto begin = static_cast<std::size_t>(piece.data() - input.data());
    return Span{begin, begin + piece.size()};
  };
  for (std::size_t from = 0; from <= text.size();) {
    if (!regex.expression.Match(input, from, text.size(), RE2::UNANCHORED, found.data(), groups)) break;
    const Span whole = span(found[0]);
    if (whole.end > whole.begin) {
      const re2::StringPiece& secret = found.at(static_cast<std::size_t>(groups - 1));
      hits.push_back({whole, secret.data() == nullptr ? whole : span(secret)});
    }
    from = whole.end > whole.begin ? whole.end : whole.end + 1;
  }
  return hits;
}

}  // namespace hfscan
