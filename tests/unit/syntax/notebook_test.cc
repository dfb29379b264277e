#include "syntax/notebook.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

// The file's bytes that a piece of a text comes from.
std::string from_file(std::string_view file, const MappedText& text, std::string_view piece) {
  const std::size_t at = text.text.find(piece);
  if (at == std::string::npos) return "not there";
  const ByteSpan span = text.map.to_parent({at, at + piece.size()});
  return std::string(file.substr(span.begin, span.size()));
}

Json code_cell(std::string_view source) {
  return {{"cell_type", "code"}, {"metadata", Json::object()}, {"outputs", Json::array()}, {"source", source}};
}

std::string notebook_of(const std::vector<Json>& cells) {
  return dump_pretty({{"cells", cells}, {"metadata", {{"kernelspec", {{"language", "python"}}}}}, {"nbformat", 4}});
}

TEST(Notebook, SourceInLinesLeadsBackToTheFile) {
  const std::string file =
      "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"from huggingface_hub import "
      "login\\n\",\"login(\\\"t\\u00e9\\\")\"],\"outputs\":[]},\n"
      "{\"cell_type\":\"markdown\",\"source\":\"# Title\"}]}";
  const Notebook notebook = read_notebook(file);
  ASSERT_FALSE(notebook.gave_up);
  ASSERT_EQ(notebook.cells.size(), 2U);
  const NotebookCell& cell = notebook.cells[0];
  EXPECT_EQ(cell.source.text, "from huggingface_hub import login\nlogin(\"t\xC3\xA9\")");
  EXPECT_EQ(from_file(file, cell.source, "login(\"t\xC3\xA9\")"), "login(\\\"t\\u00e9\\\")");
  EXPECT_EQ(from_file(file, cell.parts.at(0).text, "login(\""), "login(\\\"");
  EXPECT_EQ(cell.language, Language::python);
  EXPECT_EQ(file.substr(cell.span.begin, cell.span.size()).back(), '}');
  EXPECT_EQ(notebook.cells[1].type, CellType::markdown);
  EXPECT_EQ(notebook.cells[1].source.text, "# Title");
}

TEST(Notebook, ShellLineLeadsBackToTheFile) {
  const std::string file = notebook_of({code_cell("x = 1\n!hf auth login --token \"$T\"\n")});
  const Notebook notebook = read_notebook(file);
  const std::vector<NotebookPart>& parts = notebook.cells.at(0).parts;
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[1].language, Language::shell);
  EXPECT_EQ(parts[1].text.text, "hf auth login --token \"$T\"");
  EXPECT_EQ(from_file(file, parts[1].text, "\"$T\""), "\\\"$T\\\"");
}

TEST(Notebook, OutputsOfEveryKind) {
  const std::string file = dump_pretty(
      {{"cells",
        {{{"cell_type", "code"},
          {"source", ""},
          {"outputs",
           {{{"output_type", "stream"}, {"name", "stdout"}, {"text", {"a\n", "b\n"}}},
            {{"output_type", "execute_result"},
             {"data",
              {{"text/plain", {"'c'"}}, {"text/html", "<b>d</b>"}, {"image/png", "AAAA"}, {"application/json", {{"e", "f"}}}}}},
            {{"output_type", "error"}, {"ename", "ValueError"}, {"evalue", "g"}, {"traceback", {"h", "i"}}}}}}}}});
  const Notebook notebook = read_notebook(file);
  const std::vector<NotebookOutput>& outputs = notebook.cells.at(0).outputs;
  ASSERT_EQ(outputs.size(), 5U);
  EXPECT_EQ(outputs[0].name, "stdout");
  EXPECT_EQ(outputs[0].text.text, "a\nb\n");
  EXPECT_EQ(outputs[1].text.text, "'c'");
  EXPECT_EQ(outputs[2].text.text, "<b>d</b>");
  EXPECT_EQ(outputs[3].name, "application/json");
  EXPECT_NE(outputs[3].text.text.find("\"f\""), std::string::npos);
  EXPECT_EQ(outputs[4].kind, OutputKind::error);
  EXPECT_EQ(outputs[4].text.text, "ValueError\ng\nh\ni\n");
  EXPECT_EQ(from_file(file, outputs[4].text, "i"), "i");
}

TEST(Notebook, LanguagesOfKernelAndCell) {
  Json cell = code_cell("echo $X");
  cell["metadata"]["vscode"]["languageId"] = "shellscript";
  const std::string file =
      dump_pretty({{"cells", {cell, code_cell("const a = 1")}}, {"metadata", {{"language_info", {{"name", "typescript"}}}}}});
  const Notebook notebook = read_notebook(file);
  EXPECT_EQ(notebook.language, Language::javascript);
  EXPECT_EQ(notebook.cells.at(0).language, Language::shell);
  EXPECT_EQ(notebook.cells.at(0).parts.at(0).language, Language::shell);
  EXPECT_EQ(notebook.cells.at(1).language, Language::javascript);
}

TEST(Notebook, WidgetStateAndMetadataAreNamed) {
  const std::string file = R"({"cells": [], "metadata": {"widgets": {"state": {"value": "x"}}}})";
  const Notebook notebook = read_notebook(file);
  EXPECT_EQ(notebook.json.value(notebook.widget_state).text, R"({"state": {"value": "x"}})");
}

TEST(Notebook, TheFormatBeforeIsRead) {
  const Notebook notebook = read_notebook(
      R"({"worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1"], "outputs": [{"output_type": "pyout", "text": ["b"]}]}]}]})");
  ASSERT_EQ(notebook.cells.size(), 1U);
  EXPECT_EQ(notebook.cells[0].source.text, "a = 1");
  EXPECT_EQ(notebook.cells[0].outputs.at(0).text.text, "b");
}

TEST(Notebook, WhatIsNoNotebookIsSaid) {
  EXPECT_TRUE(read_notebook("").gave_up);
  EXPECT_TRUE(read_notebook("[1]").gave_up);
  EXPECT_TRUE(read_notebook("{\"metadata\": {}}").gave_up);
}

TEST(Notebook, ATruncatedFileGivesItsFirstCells) {
  const std::string file = notebook_of({code_cell("a = 1"), code_cell("b = 2")});
  const Notebook notebook = read_notebook(std::string_view(file).substr(0, file.find("b = 2") + 2));
  ASSERT_TRUE(notebook.gave_up);
  ASSERT_EQ(notebook.cells.size(), 2U);
  EXPECT_EQ(notebook.cells[0].parts.at(0).text.text, "a = 1");
}

TEST(Notebook, MutatedFilesGiveSpansInTheFile) {
  const std::string file = notebook_of({code_cell("%%bash\necho a\n"), code_cell("!ls \\\n -l\nx = !pwd\n%env A=b\n")});
  test::RandomText random(51);
  for (int round = 0; round < 3000; ++round) {
    std::string text = file;
    for (std::size_t i = 0; i <= random.below(4); ++i) text[random.below(text.size())] = "\"{}[],:\\n!%x"[random.below(12)];
    const Notebook notebook = read_notebook(text);
    for (const NotebookCell& cell : notebook.cells) {
      ASSERT_EQ(cell.source.map.size(), cell.source.text.size());
      for (const NotebookPart& part : cell.parts) {
        ASSERT_EQ(part.text.map.size(), part.text.text.size());
        ASSERT_LE(part.text.map.to_parent({0, part.text.text.size()}).end, text.size());
      }
    }
  }
}

}  // namespace
}  // namespace hfscan
