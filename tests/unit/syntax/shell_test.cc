#include "syntax/shell.h"

#include <gtest/gtest.h>

#include <string>

#include "support/shell_spans.h"

namespace hfscan {
namespace {

// "NAME=value word word >target; ..." of every command, groups in their kind's sign.
std::string commands_of(const ShellScript& script) {
  std::string text;
  for (const ShellCommand& command : script.commands) {
    std::string line;
    for (const ShellAssignment& assignment : script.assignments_of(command))
      line.append(assignment.name).append(":=").append(assignment.value()).append(" ");
    for (const ShellWord& word : script.words_of(command)) line.append(word.text).append(" ");
    for (const ShellRedirection& redirection : script.redirections_of(command))
      line.append(">").append(redirection.target.text).append(" ");
    if (!line.empty()) line.pop_back();
    const bool group = command.kind == ShellCommandKind::group;
    text.append(group ? "{" : "").append(line).append(group ? "}" : "").append("; ");
  }
  return text;
}

std::string commands_of(std::string_view text, const ShellOptions& options = {}) {
  return commands_of(read_shell(text, options));
}

// Kinds as letters, quotes as marks: l'abc' v"NAME" ...
std::string parts_of(std::string_view text, const ShellOptions& options = {}) {
  constexpr std::string_view kKinds = "lvcpaGMP";
  constexpr std::string_view kQuotes = ".'\"$L";
  const ShellScript script = read_shell(text, options);
  std::string found;
  for (const ShellWord& word : script.words) {
    for (const ShellPart& part : script.parts_of(word)) {
      found.append(part.depth, '+');
      found.append(1, kKinds[static_cast<std::size_t>(part.kind)]).append(1, kQuotes[static_cast<std::size_t>(part.quote)]);
      found.append(part.kind == ShellPartKind::literal ? text.substr(part.span.begin, part.span.size()) : part.name);
      if (!part.operation.empty()) found.append("/").append(part.operation);
      found.append(" ");
    }
  }
  return found;
}

TEST(Shell, SeparatorsEndCommands) {
  EXPECT_EQ(commands_of("a b; c & d && e || f | g\nh"), "a b; c; d; e; f; g; h; ");
  EXPECT_EQ(commands_of("a \\\n  b\\\r\n c\r\nd"), "a b c; d; ");
  EXPECT_EQ(commands_of("# it's a comment\na # b 'c\nd"), "a; d; ");
}

TEST(Shell, CommandsOfCompoundCommandsHaveTheGroupAsParent) {
  const ShellScript script = read_shell("if a; then b; else { c; } > f; fi | d");
  EXPECT_EQ(commands_of(script), "{}; a; b; {>f}; c; d; ");
  EXPECT_EQ(script.commands[1].parent, 0U);
  EXPECT_EQ(script.commands[4].parent, 3U);
  EXPECT_EQ(script.commands[0].next_in_pipeline, 5U);
  EXPECT_EQ(script.commands[5].previous_in_pipeline, 0U);
  EXPECT_EQ(script.commands[5].parent, kNoIndex);
}

TEST(Shell, LoopsCasesAndFunctionsAreRead) {
  EXPECT_EQ(commands_of("for x in a b; do c $x; done < f"), "{for x in a b >f}; c $x; ");
  EXPECT_EQ(commands_of("while read x; do a; done; b"), "{}; read x; a; b; ");
  EXPECT_EQ(commands_of("case $x in a|b) c ;; (d) e;; *) f\nesac; g"), "{case $x in}; c; e; f; g; ");
  EXPECT_EQ(commands_of("f() { local a=1; }\nfunction g { b; }"), "f; {}; local a=1; function g; {}; b; ");
  EXPECT_EQ(commands_of("(cd x && a) > f; for ((i=0;i<3;i++)); do b; done"), "{>f}; cd x; a; {for ((i=0;i<3;i++))}; b; ");
  EXPECT_EQ(commands_of("[[ -n $a && ( $b < 3 ) ]] && c"), "[[ -n $a && ( $b < 3 ) ]]; c; ");
}

TEST(Shell, ProseThatBeginsWithAKeywordOpensNothing) {
  EXPECT_EQ(commands_of("for more information see x\na\nin case of y\nb"), "for more information see x; a; in case of y; b; ");
  EXPECT_EQ(commands_of("done\nfi\n}\n)\na"), "a; ");
}

TEST(Shell, AssignmentsStandBeforeTheCommandOnly) {
  EXPECT_EQ(commands_of("A=1 B+=\"x y\" C[0]=z cmd D=2"), "A:=1 B:=x y C:=z cmd D=2; ");
  EXPECT_EQ(commands_of("A=(a \"b c\" # it's\n d) x"), "A:=(a \"b c\" # it's\n d) x; ");
  EXPECT_EQ(commands_of("export HF_TOKEN=x"), "export HF_TOKEN=x; ");
  EXPECT_EQ(commands_of("=x 1A=b -c=d"), "=x 1A=b -c=d; ");
}

TEST(Shell, SubstitutedCommandsAreCommandsWithAParent) {
  const ShellScript script = read_shell("a \"$(b | c `d`)\" <(e)");
  EXPECT_EQ(commands_of(script), "a $(b | c `d`) <(e); b; c `d`; d; e; ");
  EXPECT_EQ(script.commands[1].parent, 0U);
  EXPECT_EQ(script.commands[1].nesting, ShellNesting::command_substitution);
  EXPECT_EQ(script.commands[2].previous_in_pipeline, 1U);
  EXPECT_EQ(script.commands[3].parent, 2U);
  EXPECT_EQ(script.commands[4].nesting, ShellNesting::process_substitution);
  EXPECT_EQ(script.parts_of(script.words_of(script.commands[0])[1])[0].first_command, 1U);
}

TEST(Shell, ACaseInASubstitutionDoesNotEndIt) {
  EXPECT_EQ(commands_of("x=$(case y in y) a;; esac) b"), "x:=$(case y in y) a;; esac) b; {case y in}; a; ");
}

TEST(Shell, QuotesAreDroppedAndRemembered) {
  EXPECT_EQ(commands_of(R"(a'b c'"d\"e\x"\f$'g\n\x41\'' "" x)"), "ab cd\"e\\xfg\nA'  x; ");
  EXPECT_EQ(parts_of(R"(a'b'"c $D")"), "l.a l'b l\"c  v\"D ");
  EXPECT_EQ(parts_of("'' \"\""), "l' l\" ");
  EXPECT_EQ(parts_of("abc"), "");
  EXPECT_EQ(parts_of("'$A' $\"b\""), "l'$A lLb ");
}

TEST(Shell, ParametersHaveANameAndAnOperation) {
  EXPECT_EQ(parts_of("$A ${B} ${#C} ${!D} ${E:-x} ${F:0:5} ${G%%.*} ${H[@]} $1 $@"),
            "v.A v.B v.C/# v.D/! v.E/:-x v.F/:0:5 v.G/%%.* v.H/[@] v.1 v.@ ");
  EXPECT_EQ(parts_of("\"${A:-${B}}\""), "v\"A/:-${B} +v\"B ");
  EXPECT_EQ(parts_of("$ a$ $(( A + 1 ))"), "a. ");
}

TEST(Shell, GithubExpressionsAreOnePieceEvenInSingleQuotes) {
  EXPECT_EQ(parts_of("-a=${{ secrets.A }} '${{ secrets.B || '' }}'"), "l.-a= G.secrets.A G'secrets.B || '' ");
  EXPECT_EQ(commands_of("a ${{ secrets.A && 'x' }} b"), "a ${{ secrets.A && 'x' }} b; ");
}

TEST(Shell, MakeDialectTellsMakesVariablesFromTheShells) {
  EXPECT_EQ(parts_of("a $(VAR) ${X} $$HF_TOKEN '$(Y)' \"$${Z}\" $@ $(shell cat t)", {ShellDialect::make, {}}),
            "M.VAR M.X v.HF_TOKEN M'Y v\"Z M.@ M.shell/ cat t ");
  EXPECT_EQ(commands_of("a $$(b)", {ShellDialect::make, {}}), "a $$(b); b; ");
}

TEST(Shell, RedirectionsKeepOperatorDescriptorAndTarget) {
  const ShellScript script = read_shell("a 2>/dev/null >>log <in &>both <<<\"$X\" 2>&1 x");
  const auto found = script.redirections_of(script.commands.at(0));
  ASSERT_EQ(found.size(), 6U);
  EXPECT_EQ(found[0].descriptor, 2);
  EXPECT_EQ(found[0].target.text, "/dev/null");
  EXPECT_EQ(found[1].kind, RedirectionKind::append);
  EXPECT_EQ(found[2].kind, RedirectionKind::input);
  EXPECT_TRUE(found[3].both_streams);
  EXPECT_EQ(found[4].kind, RedirectionKind::here_string);
  EXPECT_EQ(script.parts_of(found[4].target)[0].name, "X");
  EXPECT_TRUE(found[5].duplicates);
  EXPECT_EQ(script.words_of(script.commands[0]).size(), 2U);
}

TEST(Shell, HereDocumentsHaveABodyAndItsExpansions) {
  const std::string text = "cat <<EOF > .env\nA=$HF_TOKEN it's $(id)\nEOF\nb <<-'X' | c\n\t$no ${{ secrets.A }}\n\tX\nd\n";
  const ShellScript script = read_shell(text);
  EXPECT_EQ(commands_of(script), "cat >EOF >.env; id; b >X; c; d; ");
  ASSERT_EQ(script.here_documents.size(), 2U);
  const HereDocument& first = script.here_documents[0];
  EXPECT_EQ(text.substr(first.body.begin, first.body.size()), "A=$HF_TOKEN it's $(id)\n");
  EXPECT_TRUE(first.expanded && first.closed);
  ASSERT_EQ(script.parts_of(first).size(), 2U);
  EXPECT_EQ(script.parts_of(first)[0].name, "HF_TOKEN");
  EXPECT_EQ(script.commands[1].parent, 0U);
  EXPECT_FALSE(script.here_documents[1].expanded);
  ASSERT_EQ(script.parts_of(script.here_documents[1]).size(), 1U);
  EXPECT_EQ(script.parts_of(script.here_documents[1])[0].kind, ShellPartKind::github_expression);
}

TEST(Shell, HereDocumentsInSubstitutionsAndSeveralOnALine) {
  EXPECT_EQ(commands_of("x \"$(cat <<A\na \"quote\nA\n)\" y\nz"), "x $(cat <<A\na \"quote\nA\n) y; cat >A; z; ");
  EXPECT_EQ(commands_of("a <<A <<B\n1\nA\n2\nB\nb"), "a >A >B; b; ");
}

TEST(Shell, NegationAndNotebookPrefix) {
  const ShellScript script = read_shell("! a | b\n!pip install x");
  EXPECT_EQ(commands_of(script), "a; b; pip install x; ");
  EXPECT_TRUE(script.commands[0].negated && script.commands[2].negated);
}

TEST(Shell, AnUnclosedQuoteEndsWithItsLineWhenNoOtherIsInSight) {
  EXPECT_EQ(commands_of("echo 'a b\nc d"), "echo a b; c d; ");
  EXPECT_EQ(commands_of("echo \"a b\nc d"), "echo a b; c d; ");
  EXPECT_EQ(commands_of("echo \"a b\n" + std::string(kShellQuoteLimit, '\n') + "c \"d\""), "echo a b; c d; ");
}

TEST(Shell, PositionsOfWordsLeadBackThroughQuotes) {
  const std::string text = "curl -H \"Authorization: \\\"Bearer $T\"'x'";
  const ShellScript script = read_shell(text);
  const ShellWord& word = script.words.at(2);
  const std::size_t begin = word.text.find("Bearer");
  const ByteSpan place = word.place_of({begin, word.text.size()});
  EXPECT_EQ(text.substr(place.begin, place.size()), "Bearer $T\"'x");
  const ShellWord& plain = script.words.at(1);
  EXPECT_EQ(plain.place_of({0, 2}), plain.span);
}

TEST(Shell, DeepNestingIsSaidAndSurvived) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "$(a ";
  const ShellScript script = read_shell(text + "\nb");
  ASSERT_TRUE(script.gave_up.has_value());
  EXPECT_LT(script.gave_up->offset, text.size());
}

TEST(Shell, TranscriptsKeepTheCommandsAfterPrompts) {
  const std::string text =
      "$ hf auth login\nDon't worry, \"it is\nfine ($ok)\n$ echo \"$HF_TOKEN\n\n(venv) user@host:~/x$ a | \\\n> b\n[u@h d]# "
      "c\n";
  const ShellScript script = read_shell(text, {ShellDialect::posix, ShellLayout::transcript});
  std::string prompted;
  for (const ShellCommand& command : script.commands) {
    if (!command.prompted) continue;
    for (const ShellWord& word : script.words_of(command)) prompted.append(word.text).append(" ");
    prompted.append("; ");
  }
  EXPECT_EQ(prompted, "hf auth login ; echo $HF_TOKEN ; a ; b ; c ; ");
}

TEST(Shell, AnyInputGivesSpansInsideItAndPartsInOrder) {
  test::RandomText random(11);
  constexpr std::string_view kAlphabet = "ab=1 \t\n\n;|&()<>{}$\"'`\\#!E-[]{}";
  const std::string_view pieces[] = {"$(", "${", "${{ a }}", "<<E\n", "\nE\n", "if ", "case x in ",
                                     ";;", "fi", "done",     "esac",  "$'",    "$$",  "$ "};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < 40; ++i)
      text += random.below(3) == 0 ? std::string(pieces[random.below(14)]) : random.of(kAlphabet, 1 + random.below(3));
    if (round % 7 == 0) text += random.bytes(10);
    for (const ShellDialect dialect : {ShellDialect::posix, ShellDialect::make})
      for (const ShellLayout layout : {ShellLayout::script, ShellLayout::transcript})
        ASSERT_TRUE(test::spans_hold(read_shell(text, {dialect, layout}), text)) << round;
  }
}

// Words of plain text are what splitting at blanks gives.
TEST(Shell, PlainWordsAreWhatSplittingAtBlanksGives) {
  test::RandomText random(5);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    std::string expected;
    for (std::size_t i = 0; i < 10; ++i) {
      const std::string word = "w" + random.of("abc-./:,@%+123", 1 + random.below(6));
      text += word + std::string(1 + random.below(3), random.below(2) == 0 ? ' ' : '\t');
      expected += (i == 0 ? "" : " ") + word;
    }
    ASSERT_EQ(commands_of(text), expected + "; ");
  }
}

}  // namespace
}  // namespace hfscan
