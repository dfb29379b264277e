// Rules that regular expressions decide on one logical line (LineMatch).
#pragma once

#include <memory>
#include <vector>

#include "core/rule.h"
#include "detect/regex.h"
#include "hygiene/matcher.h"

namespace hfscan {

// One rule's expressions, compiled at the first use. Thread-safe.
class LineRule {
 public:
  explicit LineRule(const Rule& rule);
  ~LineRule();
  LineRule(const LineRule&) = delete;
  LineRule& operator=(const LineRule&) = delete;
  LineRule(LineRule&&) = delete;
  LineRule& operator=(LineRule&&) = delete;

  void find(const FileCheck& check) const;

 private:
  using Expressions = std::vector<std::unique_ptr<Regex>>;
  void find_in(const FileCheck& check, const Piece& piece, const MappedText& line) const;
  [[nodiscard]] bool wants(const Piece& piece) const;

  const LineMatch& match_;
  std::vector<Language> languages_;
  Expressions any_;
  Expressions none_;
  Expressions file_has_;
  Expressions file_lacks_;
};

}  // namespace hfscan
