#include "syntax/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "support/random_text.h"

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

std::vector<std::string> codes(const DocumentParts& parts) {
  std::vector<std::string> found;
  for (const Fragment& fragment : parts.code) found.push_back(fragment.code.text);
  return found;
}

TEST(Markdown, FencesHaveALanguageAndAPlace) {
  const std::string_view text = "# Use\nRun\n```bash title=x\nhf auth login\n```\nthen\n~~~~ {.python}\n```\nlogin()\n~~~~\n";
  const DocumentParts parts = read_markdown(text);
  ASSERT_EQ(parts.code.size(), 2U);
  EXPECT_EQ(parts.code[0].info, "bash title=x");
  EXPECT_EQ(parts.code[0].language, Language::shell);
  EXPECT_EQ(parts.code[0].code.text, "hf auth login\n");
  EXPECT_EQ(slice(text, parts.code[0].span), "```bash title=x\nhf auth login\n```");
  EXPECT_EQ(slice(text, parts.code[0].code.map.to_parent({0, 7})), "hf auth");
  EXPECT_EQ(parts.code[1].language, Language::python);
  EXPECT_EQ(parts.code[1].code.text, "```\nlogin()\n");
  EXPECT_THAT(slices(text, parts.prose), ElementsAre("# Use", "Run", "then"));
}

TEST(Markdown, FenceInAListLosesItsIndentation) {
  const std::string_view text =
      "1. Do\n\n   ```sh\n   a\n     b\n   ```\n- ```sh\n  c\n  ```\n\n    ```yaml\n    d: 1\n    ```\n";
  EXPECT_THAT(codes(read_markdown(text)), ElementsAre("a\n  b\n", "c\n", "d: 1\n"));
}

TEST(Markdown, FenceInAQuoteLosesItsMarkers) {
  const std::string_view text = "> [!TIP]\n> ```sh\n> a \\\n>   b\n>\n> > c\n> ```\n> > ~~~\n> > d\n> out\n";
  const DocumentParts parts = read_markdown(text);
  EXPECT_THAT(codes(parts), ElementsAre("a \\\n  b\n\n> c\n", "d\n"));
  EXPECT_THAT(slices(text, parts.prose), ElementsAre("> [!TIP]", "> out"));
  for (std::size_t i = 0; i < parts.code[0].code.text.size(); ++i)
    EXPECT_EQ(slice(text, parts.code[0].code.map.to_parent({i, i + 1})), parts.code[0].code.text.substr(i, 1));
}

TEST(Markdown, IndentedCodeComesAfterABlankLine) {
  const std::string_view text = "Run:\n\n    a\n\n\tb\n\nText\n    no code\n\n- item\n\n    still the item\n\n      code\n";
  const DocumentParts parts = read_markdown(text);
  EXPECT_THAT(codes(parts), ElementsAre("a\n\nb\n", "code\n"));
  EXPECT_EQ(parts.code[0].kind, FragmentKind::indented);
  EXPECT_EQ(slice(text, parts.code[0].span), "    a\n\n\tb");
  EXPECT_THAT(slices(text, parts.prose), ElementsAre("Run:", "Text\n    no code", "- item", "    still the item"));
}

TEST(Markdown, ThematicBreakIsNoList) { EXPECT_THAT(codes(read_markdown("* * *\n\n    code\n")), ElementsAre("code\n")); }

TEST(Markdown, OpenFenceRunsToTheEnd) {
  EXPECT_THAT(codes(read_markdown("```\r\na\r\n````x\r\nb")), ElementsAre("a\r\n````x\r\nb"));
}

TEST(Markdown, CommentsAreNeitherCodeNorProse) {
  const std::string_view text = "<!--\n```sh\nno\n```\n--> tail\nprose\n<!-- open\n\n    x\n";
  const DocumentParts parts = read_markdown(text);
  EXPECT_THAT(parts.code, IsEmpty());
  EXPECT_THAT(slices(text, parts.prose), ElementsAre("prose"));
  ASSERT_EQ(parts.comments.size(), 2U);
  EXPECT_EQ(parts.comments[1].end, text.size());
}

TEST(Markdown, FrontMatterIsYaml) {
  const std::string_view text = "---\ntitle: x\nhf_oauth: true\n---\n# Hi\n";
  const DocumentParts parts = read_markdown(text);
  ASSERT_EQ(parts.code.size(), 1U);
  EXPECT_EQ(parts.code[0].kind, FragmentKind::front_matter);
  EXPECT_EQ(parts.code[0].language, Language::yaml);
  EXPECT_EQ(parts.code[0].code.text, "title: x\nhf_oauth: true\n");
  EXPECT_THAT(read_markdown("---\n\na\n---\n").code, IsEmpty());
  EXPECT_THAT(read_markdown("---\nnever closed\n").code, IsEmpty());
}

TEST(Markdown, InlineCodeIsClosedByAsManyBackticks) {
  const std::string_view text = "Set `HF_TOKEN` or ``a ` b`` or `open\n\nnext \\`no and `two\nlines`\n";
  EXPECT_THAT(slices(text, read_markdown(text).inline_code), ElementsAre("HF_TOKEN", "a ` b", "two\nlines"));
}

TEST(Markdown, ImportOfMdxIsProse) {
  const std::string_view text = "import X from './x'\n\n<X>\n\n```py\na\n```\n</X>\n";
  EXPECT_THAT(slices(text, read_markdown(text).prose), ElementsAre("import X from './x'", "<X>", "</X>"));
}

// Every line that is not blank lies in exactly one part; code is what its map says, in order.
void expect_partition(std::string_view text, const DocumentParts& parts) {
  std::vector<ByteSpan> spans = parts.prose;
  spans.insert(spans.end(), parts.comments.begin(), parts.comments.end());
  for (const Fragment& fragment : parts.code) {
    spans.push_back(fragment.span);
    ASSERT_EQ(fragment.code.map.size(), fragment.code.text.size());
    for (std::size_t i = 0; i < fragment.code.text.size(); ++i)
      ASSERT_EQ(slice(text, fragment.code.map.to_parent({i, i + 1})), fragment.code.text.substr(i, 1));
  }
  std::sort(spans.begin(), spans.end());
  std::uint64_t at = 0;
  for (const ByteSpan& span : spans) {
    ASSERT_LE(at, span.begin);
    ASSERT_LE(span.begin, span.end);
    ASSERT_LE(span.end, text.size());
    ASSERT_EQ(trim(text.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(span.begin - at))), "");
    at = span.end;
  }
  ASSERT_EQ(trim(text.substr(static_cast<std::size_t>(at))), "");
  for (const ByteSpan& code : parts.inline_code) {
    const auto holds = [&code](const ByteSpan& prose) { return prose.contains(code); };
    ASSERT_TRUE(std::any_of(parts.prose.begin(), parts.prose.end(), holds));
  }
}

bool only_quote_marks(std::string_view line) { return line.find_first_not_of("> \t") == std::string_view::npos; }

TEST(Markdown, EveryLineBelongsToOnePart) {
  static constexpr std::string_view kPieces[] = {"```",
                                                 "~~~",
                                                 "```sh",
                                                 "    ",
                                                 "\t",
                                                 "- ",
                                                 "1. ",
                                                 "> ",
                                                 "a",
                                                 "`b`",
                                                 "<!--",
                                                 "-->",
                                                 "---",
                                                 "# h",
                                                 ".. ",
                                                 "::",
                                                 "code-block:: sh",
                                                 "   :x: y",
                                                 "\n",
                                                 "\n",
                                                 "\r\n",
                                                 "\n\n",
                                                 "* * *",
                                                 "  ",
                                                 "highlight:: c",
                                                 "`"};
  test::RandomText random(17);
  for (int round = 0; round < 30000; ++round) {
    std::string text;
    for (std::size_t i = random.below(25); i > 0; --i) text += kPieces[random.below(std::size(kPieces))];
    // A line of quote markers only is blank for Markdown, and for nobody else.
    bool quotes = false;
    for (const std::string_view line : split_lines(text)) quotes = quotes || (!trim(line).empty() && only_quote_marks(line));
    if (!quotes) expect_partition(text, read_markdown(text));
    expect_partition(text, read_restructured_text(text));
    if (HasFatalFailure()) FAIL() << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace hfscan
