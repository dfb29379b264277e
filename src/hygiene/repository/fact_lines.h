// Facts that stand in a line of code, of a shell command or of a configuration. Internal to the FactFinder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fact.h"
#include "syntax/language.h"

namespace hfscan {

// Where to look for such lines: nothing but these languages is searched.
[[nodiscard]] bool has_fact_lines(Language language);

// Every such line holds one of these words.
[[nodiscard]] const std::vector<std::string>& fact_words();

struct FactFile {
  std::string_view text;
  std::string_view path;
  Language language;
};

// Looks at the lines with one of `words`, those of fact_words() that the text holds. Continuation lines count as one.
void find_fact_lines(const FactFile& file, std::span<const std::string_view> words, std::vector<Fact>& facts);

// The sources of COPY and ADD in a Dockerfile.
void find_context_copies(std::string_view text, std::string_view path, std::vector<Fact>& facts);

}  // namespace hfscan
