// Blocks of HCL and what stands in them, as Terraform, Packer and Nomad files have them.
#include "syntax/hcl.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Type and labels of each block: "resource a b".
std::vector<std::string> blocks(std::string_view text) {
  const CodeTree tree = read_code(text, Language::hcl);
  std::vector<std::string> found;
  for (const HclBlock& block : hcl_blocks(tree)) {
    std::string line(block.type);
    for (const std::string& label : block.labels) line += " " + label;
    found.push_back(std::move(line));
  }
  return found;
}

std::vector<std::string> attributes(std::string_view text, std::size_t block = 0) {
  const CodeTree tree = read_code(text, Language::hcl);
  std::vector<std::string> found;
  for (const CodeEntry& entry : hcl_attributes(tree, hcl_blocks(tree).at(block).group))
    found.push_back(*entry.name + "=" + std::string(tree.spelled(entry.value_span)));
  return found;
}

TEST(Hcl, BlocksHaveATypeAndLabels) {
  EXPECT_THAT(blocks("terraform {\n}\nresource \"aws_instance\" \"a\" {\n}\nvariable hf_token {}\n"),
              ElementsAre("terraform", "resource aws_instance a", "variable hf_token"));
}

TEST(Hcl, EscapesOfALabelAreUndone) { EXPECT_THAT(blocks("variable \"a\\\"b\" {\n}\n"), ElementsAre("variable a\"b")); }

TEST(Hcl, BlocksStandInBlocks) {
  EXPECT_THAT(blocks("job \"a\" {\n  # c\n  task \"b\" {\n    env { A = 1 }\n  }\n}\n"), ElementsAre("job a", "task b", "env"));
}

TEST(Hcl, ObjectsAreValuesAndNoBlocks) {
  EXPECT_THAT(blocks("locals {\n  env = { A = 1 }\n  b = f({ c = 2 })\n}\n"), ElementsAre("locals"));
}

TEST(Hcl, AttributesAreThoseOfTheBlockItself) {
  EXPECT_THAT(attributes("a {\n  b = 1\n  \"c\" = \"${var.d}\"\n  e {\n    f = 2\n  }\n}\n"),
              ElementsAre("b=1", "c=\"${var.d}\""));
  EXPECT_THAT(attributes("a {}\n"), IsEmpty());
}

TEST(Hcl, TheHeadReachesFromTheTypeToTheBrace) {
  constexpr std::string_view kText = "\n  resource \"a\"   \"b\" {\n}\n";
  const CodeTree tree = read_code(kText, Language::hcl);
  EXPECT_EQ(tree.spelled(hcl_blocks(tree).at(0).head), "resource \"a\"   \"b\"");
}

TEST(Hcl, BlockThatIsNeverClosedIsABlock) {
  EXPECT_THAT(blocks("variable \"a\" {\n  default = 1\n"), ElementsAre("variable a"));
}

TEST(Hcl, BrokenTextGivesPlacesInTheText) {
  test::RandomText random(17);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random.of("a\"{}=\n $[]#", 80);
    const CodeTree tree = read_code(text, Language::hcl);
    std::uint64_t last = 0;
    for (const HclBlock& block : hcl_blocks(tree)) {
      ASSERT_LE(block.head.end, text.size());
      ASSERT_GE(block.head.begin, last);
      ASSERT_TRUE(tree.spelled(block.head).starts_with(block.type));
      last = block.head.begin;
      for (const CodeEntry& entry : hcl_attributes(tree, block.group)) ASSERT_LE(entry.value_span.end, text.size());
    }
  }
}

}  // namespace
}  // namespace hfscan
