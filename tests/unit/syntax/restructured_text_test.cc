#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "syntax/markdown.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string_view slice(std::string_view text, ByteSpan span) {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

std::vector<std::string_view> slices(std::string_view text, const std::vector<ByteSpan>& spans) {
  std::vector<std::string_view> found;
  for (const ByteSpan& span : spans) found.push_back(slice(text, span));
  return found;
}

TEST(RestructuredText, CodeBlockNamesItsLanguage) {
  const std::string_view text =
      "Title\n=====\n\n.. code-block:: python\n   :linenos:\n\n   from x import login\n\n   login()\n\nAfter ``HF_TOKEN``.\n";
  const DocumentParts parts = read_restructured_text(text);
  ASSERT_EQ(parts.code.size(), 1U);
  EXPECT_EQ(parts.code[0].kind, FragmentKind::directive);
  EXPECT_EQ(parts.code[0].language, Language::python);
  EXPECT_EQ(parts.code[0].code.text, "from x import login\n\nlogin()\n");
  EXPECT_EQ(slice(text, parts.code[0].code.map.to_parent({21, 26})), "login");
  EXPECT_THAT(slices(text, parts.prose), ElementsAre("Title\n=====", "After ``HF_TOKEN``."));
  EXPECT_THAT(slices(text, parts.inline_code), ElementsAre("HF_TOKEN"));
}

TEST(RestructuredText, LiteralBlockFollowsTwoColons) {
  const std::string_view text =
      ".. highlight:: bash\n\n- Run::\n\n      hf auth login\n        x\n\n  not code\n\nNothing::\n\nfollows\n";
  const DocumentParts parts = read_restructured_text(text);
  ASSERT_EQ(parts.code.size(), 1U);
  EXPECT_EQ(parts.code[0].kind, FragmentKind::literal);
  EXPECT_EQ(parts.code[0].language, Language::shell);
  EXPECT_EQ(parts.code[0].code.text.substr(0, 14), "hf auth login\n");
}

TEST(RestructuredText, CodeInsideANoteIsCode) {
  const std::string_view text = ".. note::\n   Careful\n\n   .. code-block:: sh\n\n      a\n\n   end\n";
  const DocumentParts parts = read_restructured_text(text);
  ASSERT_EQ(parts.code.size(), 1U);
  EXPECT_EQ(parts.code[0].code.text, "a\n");
  EXPECT_THAT(slices(text, parts.prose), ElementsAre(".. note::", "   Careful", "   end"));
}

TEST(RestructuredText, CommentIsNeitherCodeNorProse) {
  const std::string_view text = ".. a comment\n   .. code-block:: sh\n\n      a\n\n.. _target: x\n.. [1] note\n";
  const DocumentParts parts = read_restructured_text(text);
  EXPECT_THAT(parts.code, IsEmpty());
  ASSERT_EQ(parts.comments.size(), 1U);
  EXPECT_THAT(slices(text, parts.prose), ElementsAre(".. _target: x", ".. [1] note"));
}

TEST(RestructuredText, DirectiveWithoutABodyIsEmpty) {
  const DocumentParts parts = read_restructured_text(".. code-block:: sh\n\nText\n");
  ASSERT_EQ(parts.code.size(), 1U);
  EXPECT_EQ(parts.code[0].code.text, "");
}

}  // namespace
}  // namespace hfscan
