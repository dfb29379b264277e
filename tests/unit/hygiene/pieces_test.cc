// The texts within texts: which are found, in which language, and that their places lead back into the file.
#include "hygiene/pieces.h"

#include <gmock/gmock.h>

#include <random>

namespace hfscan {
namespace {

using testing::Contains;
using testing::Not;

std::vector<std::string> texts(std::string_view path, std::string_view content, Language language) {
  FileView view(path, content);
  std::vector<std::string> found;
  for (const Piece& piece : view.pieces()) {
    if (piece.map != nullptr && piece.language == language) found.emplace_back(piece.text);
  }
  return found;
}

std::vector<std::string> shell_texts(std::string_view path, std::string_view content) {
  return texts(path, content, Language::shell);
}

TEST(Pieces, StepOfAWorkflow) {
  EXPECT_THAT(
      shell_texts(".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - run: |\n          echo 1\n          echo 2\n"),
      Contains("echo 1\necho 2\n"));
}

TEST(Pieces, StepInPythonIsNoShellText) {
  constexpr std::string_view kText = "jobs:\n  a:\n    steps:\n      - shell: python\n        run: print(1)\n";
  EXPECT_THAT(shell_texts("a.yml", kText), Not(Contains("print(1)")));
  EXPECT_THAT(texts("a.yml", kText, Language::python), Contains("print(1)"));
}

TEST(Pieces, StepsSeenThroughAnAliasAreTakenOnce) {
  const auto found = shell_texts("a.yml", "jobs:\n  a:\n    steps: &s\n      - run: one\n  b:\n    steps: *s\n");
  EXPECT_EQ(std::count(found.begin(), found.end(), "one"), 1);
}

TEST(Pieces, ListOfArgumentsIsOneCommandLine) {
  EXPECT_THAT(shell_texts("a.yaml", "spec:\n  command: [hf, auth, login]\n"), Contains("hf auth login"));
  EXPECT_THAT(shell_texts("Dockerfile", "FROM a\nCMD [\"hf\", \"auth\", \"login\"]\n"), Contains("hf auth login"));
  EXPECT_THAT(shell_texts("a.json", R"({"command": "hf", "args": ["auth", "login"]})"), Contains("hf auth login"));
}

TEST(Pieces, ScriptAmongArgumentsIsAlsoReadByItself) {
  EXPECT_THAT(shell_texts("a.yaml", "command: [sh, -c, \"hf auth login\"]\n"), Contains("hf auth login"));
}

TEST(Pieces, ListUnderScriptIsOneScriptEach) {
  EXPECT_THAT(shell_texts(".gitlab-ci.yml", "test:\n  script:\n    - one\n    - two\n"), testing::ElementsAre("one", "two"));
}

TEST(Pieces, RecipesOfMakefiles) {
  EXPECT_THAT(shell_texts("Makefile", "a:\n\t@hf auth login\n"), Contains("hf auth login"));
  EXPECT_THAT(shell_texts("justfile", "a:\n    hf auth login\n"), Contains("hf auth login"));
}

TEST(Pieces, CommandsOfUnits) {
  EXPECT_THAT(shell_texts("a.service", "[Service]\nExecStart=-/usr/bin/hf auth login\n"), Contains("/usr/bin/hf auth login"));
}

TEST(Pieces, HereDocumentForAShellOrAFile) {
  EXPECT_THAT(shell_texts("a.sh", "ssh host <<EOF\nhf auth login\nEOF\n"), Contains("hf auth login\n"));
  EXPECT_THAT(texts("a.sh", "cat > Dockerfile <<EOF\nFROM a\nEOF\n", Language::dockerfile), Contains("FROM a\n"));
  EXPECT_THAT(texts("a.sh", "python - <<EOF\nprint(1)\nEOF\n", Language::python), Contains("print(1)\n"));
}

TEST(Pieces, ScriptOfAnotherShell) { EXPECT_THAT(shell_texts("a.sh", "bash -c 'hf auth login'\n"), Contains("hf auth login")); }

TEST(Pieces, FenceWithinACellOfANotebook) {
  constexpr std::string_view kNotebook =
      R"({"cells": [{"cell_type": "markdown", "source": ["```sh\n", "hf auth login\n", "```\n"]}], "nbformat": 4})";
  EXPECT_THAT(shell_texts("a.ipynb", kNotebook), Contains("hf auth login\n"));
}

TEST(Pieces, LineOfProseThatIsACommand) {
  EXPECT_THAT(shell_texts("README.md", "Then type:\n\nhf auth login\n"), Contains("hf auth login"));
  EXPECT_THAT(shell_texts("README.md", "The hf command logs in.\n"), testing::IsEmpty());
}

TEST(Pieces, DocumentationStaysDocumentationWithin) {
  FileView view("README.md", "```sh\nbash -c 'hf auth login'\n```\n");
  for (const Piece& piece : view.pieces()) EXPECT_TRUE(piece.documentation);
}

TEST(Pieces, PlaceOfANestedPieceIsThatInTheFile) {
  const std::string text = "```sh\nbash -c 'hf auth login'\n```\n";
  FileView view("README.md", text);
  bool found = false;
  for (const Piece& piece : view.pieces()) {
    if (piece.text != "hf auth login") continue;
    found = true;
    const ByteSpan span = piece.to_file({3, 7});
    EXPECT_EQ(text.substr(span.begin, span.size()), "auth");
  }
  EXPECT_TRUE(found);
}

// Whatever the text, every piece lies within the file, and there is an end to it.
TEST(Pieces, PlacesLieInTheFileForAnyText) {
  constexpr std::array<std::string_view, 10> kPaths = {"a.sh",  "a.md",   "a.yml",   "Dockerfile", "Makefile",
                                                       "a.ini", "a.json", "a.ipynb", "a.py",       "a.toml"};
  constexpr std::array<std::string_view, 16> kParts = {
      "```sh\n", "run: |\n", "  ",  "bash -c '", "'",    "<<EOF\n", "EOF\n", "hf auth login\n",
      "RUN ",    "\"",       "[\"", "\"]",       "cmd:", " - ",     "\\\n",  "{\"scripts\": {\"a\": \""};
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 30; i > 0; --i) text += kParts[random() % kParts.size()];
    FileView view(kPaths[random() % kPaths.size()], text);
    for (const Piece& piece : view.pieces()) {
      const ByteSpan span = piece.to_file({0, piece.text.size()});
      ASSERT_LE(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
    }
  }
}

TEST(Pieces, LinesOfAStringAreReadOnceThoughStringsNestInIt) {
  const auto found = shell_texts("a.py", "f\"\"\"{f'''{x}\nhf auth login\n'''}\n\"\"\"\nrun(\"hf auth whoami\")\n");
  EXPECT_EQ(std::count(found.begin(), found.end(), "hf auth login"), 1);
  EXPECT_EQ(std::count(found.begin(), found.end(), "hf auth whoami"), 1);
}

TEST(Pieces, NestOfHereDocumentsEndsAndSaysSo) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "bash <<A" + std::to_string(i) + "\n";
  FileView view("a.sh", text);
  std::size_t bytes = 0;
  for (const Piece& piece : view.pieces()) bytes += piece.text.size();
  EXPECT_LT(bytes, 10 * text.size());
  EXPECT_THAT(view.gave_up(), Contains("holds more texts within texts than are read"));
}

}  // namespace
}  // namespace hfscan
