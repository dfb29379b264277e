// One file, its pieces, and what they say: read once, bounded, and said when it is cut short.
#include "hygiene/file_view.h"

#include <gmock/gmock.h>

#include <string>

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Piece* piece_of(FileView& view, Language language) {
  for (const Piece& piece : view.pieces()) {
    if (piece.language == language) return &piece;
  }
  return nullptr;
}

TEST(FileView, TheFileItselfComesFirst) {
  FileView view("a.md", "```bash\nls\n```\n");
  EXPECT_EQ(&view.pieces().front(), &view.whole());
  EXPECT_EQ(view.whole().language, Language::markdown);
  EXPECT_EQ(view.whole().map, nullptr);
  EXPECT_TRUE(view.whole().documentation);
}

TEST(FileView, PiecesAreNumberedInTheirOrder) {
  FileView view("a.yml", "jobs:\n  a:\n    steps:\n      - run: ls\n      - run: pwd\n");
  std::size_t number = 0;
  for (const Piece& piece : view.pieces()) EXPECT_EQ(piece.number, number++);
  EXPECT_GT(number, 2U);
}

TEST(FileView, WhatAPieceSaysIsReadOnce) {
  FileView view("a.sh", "ls\n");
  EXPECT_EQ(&view.shell(view.whole()), &view.shell(view.whole()));
  EXPECT_EQ(&view.code(view.whole()), &view.code(view.whole()));
}

TEST(FileView, PiecesSayDifferentThings) {
  FileView view("a.md", "```bash\nls\n```\n\n```bash\npwd\n```\n");
  std::vector<std::string> words;
  for (const Piece& piece : view.pieces()) {
    if (piece.language == Language::shell) words.emplace_back(view.shell(piece).words.at(0).text);
  }
  EXPECT_THAT(words, ElementsAre("ls", "pwd"));
}

TEST(FileView, APieceInAPieceLeadsStraightToTheFile) {
  constexpr std::string_view kText = "# a\n\n```yaml\njobs:\n  a:\n    steps:\n      - run: ls -l\n```\n";
  FileView view("a.md", kText);
  const Piece* script = piece_of(view, Language::shell);
  ASSERT_NE(script, nullptr);
  const ByteSpan place = script->to_file(view.shell(*script).words.at(1).span);
  EXPECT_EQ(kText.substr(static_cast<std::size_t>(place.begin), 2), "-l");
  EXPECT_TRUE(script->documentation);
}

TEST(FileView, WhatIsNoWorkflowGivesNone) {
  FileView view("a.yml", "a: b\n");
  EXPECT_EQ(view.workflow(view.whole()), nullptr);
  EXPECT_EQ(view.workflow(view.whole()), nullptr);
}

TEST(FileView, WhereAReaderStoppedIsSaidByLine) {
  FileView view("a.yml", "a: b\nc: [d\ne: f\n");
  EXPECT_THAT(view.gave_up(), IsEmpty());
  view.yaml(view.whole());
  EXPECT_THAT(view.gave_up(), ElementsAre(HasSubstr("YAML read up to line ")));
}

TEST(FileView, DocumentationMayBeCutShort) {
  FileView view("a.md", "```yaml\nc: [d\ne: f\n```\n");
  const Piece* shown = piece_of(view, Language::yaml);
  ASSERT_NE(shown, nullptr);
  ASSERT_TRUE(view.yaml(*shown).gave_up());
  EXPECT_THAT(view.gave_up(), IsEmpty());
}

TEST(FileView, ManyPiecesThatCannotBeReadAreSaidInFewLines) {
  std::string text = "{\"nbformat\": 4, \"cells\": [";
  for (int i = 0; i < 500; ++i) {
    text += i == 0 ? "" : ",";
    text += R"({"cell_type": "code", "metadata": {}, "outputs": [], "source": ["%%writefile a.yml\n", "a: [b\n", "c: d\n"]})";
  }
  text += "], \"metadata\": {}}";
  FileView view("a.ipynb", text);
  for (const Piece& piece : view.pieces()) {
    if (piece.language == Language::yaml) view.yaml(piece);
  }
  EXPECT_GT(view.gave_up().size(), 1U);
  EXPECT_LT(view.gave_up().size(), 50U);
  EXPECT_THAT(view.gave_up().back(), HasSubstr("more"));
}

TEST(FileView, TextsWithinTextsAreBoundedAndThatIsSaid) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "bash <<E" + std::to_string(i) + "\n";
  text += std::string(100'000, 'x');
  FileView view("a.sh", text);
  std::size_t bytes = 0;
  for (const Piece& piece : view.pieces()) bytes += piece.text.size();
  EXPECT_LT(bytes, 10 * text.size());
  EXPECT_THAT(view.gave_up(), testing::Contains(HasSubstr("more texts within texts")));
}

}  // namespace
}  // namespace hfscan
