// RE2 behind the little that rules need: compile once when first used, search bytes. Separate so that RE2 is included in one
// file.
//
// Patterns are matched against bytes as Latin-1, so text that is not UTF-8 is no obstacle, and in time linear in the text.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hfscan {

// What `rules check` and the loading of rules hold every pattern against: worst-case cost is proportional to the program size.
struct RegexCost {
  int program_size = 0;
  static constexpr int kMaxProgramSize = 2000;
};

Result<RegexCost> check_regex(const std::string& pattern);

// Compiled at the first search; thread-safe. The pattern must have passed check_regex.
class Regex {
 public:
  explicit Regex(std::string pattern);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  Regex(Regex&&) = delete;
  Regex& operator=(Regex&&) = delete;

  [[nodiscard]] bool search(std::string_view text) const;

  struct Span {
    std::size_t begin;
    std::size_t end;
  };
  struct Hit {
    Span whole;
    Span secret;  // the group named `secret`, or the whole hit
  };
  // All hits that do not overlap, from left to right; empty hits are stepped over.
  [[nodiscard]] std::vector<Hit> find_all(std::string_view text) const;

 private:
  struct Compiled;
  const Compiled& compiled() const;
  std::string pattern_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<Compiled> compiled_;
};

}  // namespace hfscan
