#include "syntax/yaml_template.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(YamlTemplate, ControlCharactersOutsideTagsStay) {
  EXPECT_EQ(without_template_tags("a\x01: \x01{{ b }}"), "a\x01: \x01_______");
  EXPECT_EQ(without_template_tags("\x01"), "\x01");
}

TEST(YamlTemplate, LineOfTagsBecomesBlankAndOtherTagsAWord) {
  EXPECT_EQ(without_template_tags("  {{- if .x }}\na: {{ .y }}-z\n{% for %}{# c #}\r\n"),
            "              \na: ________-z\n                \r\n");
}

TEST(YamlTemplate, TagOverSeveralLinesKeepsItsLineEnds) {
  EXPECT_EQ(without_template_tags("a: {{ b\n  c }}\nd: 1\n"), "a: ____\n      \nd: 1\n");
}

TEST(YamlTemplate, OpenTagIsLeft) {
  EXPECT_EQ(without_template_tags("a: {{ b\n"), "a: {{ b\n");
  EXPECT_EQ(without_template_tags("{{ b" + std::string(5000, ' ') + "}}"), "{{ b" + std::string(5000, ' ') + "}}");
}

TEST(YamlTemplate, LengthAndLineEndsNeverChange) {
  test::RandomText random(11);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random.of("{{}}%#ab \n\r:", random.below(60));
    const std::string out = without_template_tags(text);
    ASSERT_EQ(out.size(), text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      ASSERT_EQ(text[i] == '\n' || text[i] == '\r', out[i] == '\n' || out[i] == '\r') << round;
      ASSERT_TRUE(out[i] == text[i] || out[i] == '_' || out[i] == ' ') << round;
    }
  }
}

}  // namespace
}  // namespace hfscan
