// Which words open which files.
#include "hygiene/file_finder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "rules/rule_set.h"

namespace hfscan {
namespace {

std::size_t hits(std::string_view path, std::string_view text) {
  static const RuleSet set;
  static const std::vector<const Rule*> all = set.all();
  static const FileFinder finder(all, Facts::leave);
  FileHits found;
  finder.find(text, path, found);
  return found.hits.size();
}

TEST(FileFinder, AWordThatCountsByItselfOpensAScript) {
  EXPECT_EQ(hits("a.sh", "huggingface-cli login\n"), 1U);
  EXPECT_EQ(hits("dir.c/a", "huggingface-cli login\n"), 1U);
}

TEST(FileFinder, InSourcesOfCOnlySpeakingOfATokenDoes) {
  EXPECT_EQ(hits("a.c", "// huggingface-cli login\n"), 0U);
  EXPECT_EQ(hits("a.c", "// export HF_TOKEN, then huggingface-cli login\n"), 1U);
}

}  // namespace
}  // namespace hfscan
