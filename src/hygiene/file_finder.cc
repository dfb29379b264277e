// Tested by tests/unit/hygiene/file_finder_test.cc.
#include "hygiene/file_finder.h"

#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

// Sources of C and its like, and translations: most of the bytes of many a repository. No configuration stands in them, no
// command and no client of the Hub: there, words do not count by themselves, and a rule looks only where a token is spoken of.
bool is_low_level_source(std::string_view path) {
  constexpr std::array<std::string_view, 14> kSuffixes = {".c",   ".h",   ".cc", ".cpp", ".cxx", ".hh", ".hpp",
                                                          ".hxx", ".inl", ".s",  ".S",   ".asm", ".po", ".pot"};
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  return is_one_of(name.substr(dot), kSuffixes);
}

}  // namespace

FileFinder::FileFinder(std::span<const Rule* const> rules, Facts facts, RotationPolicy policy)
    : rules_(rules, wanted_, std::move(policy)) {
  if (facts == Facts::gather) facts_.emplace(rules, wanted_);
  words_.emplace(wanted_.words());
}

void FileFinder::find(std::string_view text, std::string_view path, FileHits& found) const {
  const WordsPresent present = is_low_level_source(path) ? WordsPresent(wanted_.words().size()) : words_->present_in(text);
  FileOnDemand file(path, text);
  rules_.find(file, present, found);
  if (facts_) facts_->find(file, present, found);
}

}  // namespace hfscan
