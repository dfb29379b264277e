#include <gtest/gtest.h>

#include <algorithm>

#include "support/random_text.h"
#include "syntax/notebook.h"

namespace hfscan {
namespace {

using Strings = std::vector<std::string>;

std::vector<NotebookPart> parts_of(std::string_view cell, Language language = Language::python) {
  MappedText source;
  source.append_copied(cell, 1000);
  return parts_of_cell(source, language).parts;
}

// "magic|text" of every part.
Strings parts(std::string_view cell) {
  Strings out;
  for (const NotebookPart& part : parts_of(cell)) out.push_back(part.magic + "|" + part.text.text);
  return out;
}

TEST(NotebookMagics, ShellLinesAreTakenOutAndLeaveBlanks) {
  EXPECT_EQ(parts("a = 1\n!echo $T\nb = 2\n  !!ls -l\n"),
            (Strings{"|a = 1\n        \nb = 2\n         \n", "!|echo $T", "!!|ls -l"}));
}

TEST(NotebookMagics, ABackslashJoinsLines) {
  EXPECT_EQ(parts("!hf upload \\\n  --token $T\nx"),
            (Strings{"|            \n            \nx", "!|hf upload \\\n  --token $T"}));
  EXPECT_EQ(parts("!ls \\"), (Strings{"|     ", "!|ls \\"}));
}

TEST(NotebookMagics, AssignmentsFromTheShell) {
  EXPECT_EQ(parts("out = !whoami\nx, y = %sx ls\nz != 1\nz == 2\n"),
            (Strings{"|out =        \nx, y =       \nz != 1\nz == 2\n", "!|whoami", "%sx|ls"}));
}

TEST(NotebookMagics, LineMagics) {
  EXPECT_EQ(parts("%pip install x\n%env HF_TOKEN=abc\n%set_env A b\n%env\n%matplotlib inline\n%system id\n"),
            (Strings{"|              \n                 \n            \n    \n                  \n          \n",
                     "%pip|pip install x", "%env|HF_TOKEN=abc", "%set_env|A b", "%system|id"}));
  EXPECT_EQ(parts_of("%env HF_TOKEN=abc").at(1).kind, PartKind::environment);
}

TEST(NotebookMagics, TimedStatementsStayPython) {
  EXPECT_EQ(parts("%time x = f(1)\n%timeit -n1 y\n%time !ls\n"),
            (Strings{"|      x = f(1)\n        -n1 y\n         \n", "!|ls"}));
}

TEST(NotebookMagics, CellMagicsMakeOnePart) {
  const std::vector<NotebookPart> bash = parts_of("\n# colab\n%%bash -e\necho $T\n!x\n");
  ASSERT_EQ(bash.size(), 1U);
  EXPECT_EQ(bash[0].kind, PartKind::shell);
  EXPECT_EQ(bash[0].language, Language::shell);
  EXPECT_EQ(bash[0].magic, "%%bash");
  EXPECT_EQ(bash[0].argument, "-e");
  EXPECT_EQ(bash[0].text.text, "echo $T\n!x\n");
  EXPECT_EQ(bash[0].text.map.to_parent({0, 4}), (ByteSpan{1000 + 19, 1000 + 23}));
}

TEST(NotebookMagics, WrittenFilesAreNamed) {
  const std::vector<NotebookPart> file = parts_of("%%writefile -a \".env\"\nHF_TOKEN=x\n");
  ASSERT_EQ(file.size(), 1U);
  EXPECT_EQ(file[0].kind, PartKind::written_file);
  EXPECT_EQ(file[0].argument, ".env");
  EXPECT_EQ(file[0].text.text, "HF_TOKEN=x\n");
}

TEST(NotebookMagics, LanguagesOfCellMagics) {
  EXPECT_EQ(parts_of("%%script /bin/bash --x\na").at(0).language, Language::shell);
  EXPECT_EQ(parts_of("%%script node\na").at(0).language, Language::javascript);
  EXPECT_EQ(parts_of("%%javascript\na").at(0).language, Language::javascript);
  EXPECT_EQ(parts_of("%%html\na").at(0).language, Language::html);
  EXPECT_EQ(parts_of("%%perl\na").at(0).language, Language::text);
  EXPECT_EQ(parts_of("%%!\nls").at(0).language, Language::shell);
}

TEST(NotebookMagics, MagicsThatLeavePythonAreBlanked) {
  EXPECT_EQ(parts("%%time\n%%capture out\nx = 1\n!ls\n"), (Strings{"|      \n             \nx = 1\n   \n", "!|ls"}));
  EXPECT_EQ(parts("%%time\n%%bash\nls"), (Strings{"%%bash|ls"}));
}

TEST(NotebookMagics, LinesWithinPythonAreNoMagics) {
  const std::string cell = "x = '''\n!no\n%no\n'''\ny = (a\n  % b)\nz = 'q' \\\n  % r\nf(a,\n  b != c)\n";
  EXPECT_EQ(parts(cell), (Strings{"|" + cell}));
}

TEST(NotebookMagics, QuotesInCommentsAndStringsHideNothing) {
  EXPECT_EQ(parts("a = 1  # ''' (\n%env A=b\nb = \"''' (\"\n%env C=d\n").size(), 3U);
}

TEST(NotebookMagics, ABracketLeftOpenDoesNotHideShellLines) { EXPECT_EQ(parts("f(a\n!ls\n%env A=b\n").size(), 3U); }

TEST(NotebookMagics, OtherKernelsHaveNone) {
  const std::vector<NotebookPart> found = parts_of("!x\n%%bash\n", Language::shell);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text.text, "!x\n%%bash\n");
}

TEST(NotebookMagics, CarriageReturnsEndLines) { EXPECT_EQ(parts("!a\r\nb\r!c"), (Strings{"|  \r\nb\r  ", "!|a", "!|c"})); }

TEST(NotebookMagics, MoreShellLinesThanTheLimitAreSaid) {
  std::string cell;
  for (std::size_t i = 0; i < kMaxCellParts + 5; ++i) cell += "!a\n";
  MappedText source;
  source.append_copied(cell, 7);
  const CellParts found = parts_of_cell(source, Language::python);
  EXPECT_EQ(found.parts.size(), kMaxCellParts + 1);
  ASSERT_TRUE(found.gave_up.has_value());
  EXPECT_EQ(found.gave_up->offset, 7 + 3 * kMaxCellParts + 1);
}

// The code part is the cell with bytes blanked; what is taken out stands in the cell where its map says.
TEST(NotebookMagics, PartsAreSlicesOfTheCell) {
  test::RandomText random(61);
  const std::string_view pieces[] = {"!",   "!!", "%", "%%bash", "%env A=b", "\n", "\r\n",   "\\\n",   "x",  " = ",
                                     "'''", "\"", "(", ")",      " ",        "#",  "%time ", "%%time", "\\", "!="};
  for (int round = 0; round < 20000; ++round) {
    std::string cell;
    for (std::size_t i = 0; i < 12; ++i) cell += pieces[random.below(std::size(pieces))];
    for (const NotebookPart& part : parts_of(cell)) {
      const ByteSpan span = part.text.map.to_parent({0, part.text.text.size()});
      const std::string_view slice = std::string_view(cell).substr(span.size() == 0 ? 0 : span.begin - 1000, span.size());
      ASSERT_EQ(part.text.text.size(), slice.size());
      for (std::size_t i = 0; i < slice.size(); ++i)
        ASSERT_TRUE(part.text.text[i] == slice[i] || (part.magic.empty() && part.text.text[i] == ' ')) << cell;
    }
  }
}

}  // namespace
}  // namespace hfscan
