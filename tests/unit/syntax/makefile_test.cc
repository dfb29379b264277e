#include "syntax/makefile.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"
#include "syntax/shell.h"

namespace hfscan {
namespace {

std::string variables_of(std::string_view text, MakeFlavour flavour = MakeFlavour::make) {
  std::string found;
  for (const MakeVariable& variable : read_makefile(text, flavour).variables)
    found += (variable.exported ? "export " : "") + variable.target + (variable.target.empty() ? "" : "/") + variable.name +
             variable.operation + variable.value.text + ";";
  return found;
}

std::string recipes_of(std::string_view text, MakeFlavour flavour = MakeFlavour::make) {
  std::string found;
  const MakeFile file = read_makefile(text, flavour);
  for (const MakeRecipe& recipe : file.recipes) found += file.rules.at(recipe.rule).targets + ">" + recipe.command.text + ";";
  return found;
}

TEST(Makefile, RecipesAreTheTabLinesOfARule) {
  const std::string text = "all: a b ## help\n\t@echo $$HF_TOKEN \\\n\t  x\n\n# c\n\t-+rm y\nx y:: z ; @cmd\n";
  EXPECT_EQ(recipes_of(text), "all>echo $$HF_TOKEN \\\n  x;all>rm y;x y>cmd;");
  const MakeFile file = read_makefile(text);
  EXPECT_TRUE(file.recipes[0].silent && file.recipes[1].ignores_errors && file.recipes[1].always && file.recipes[2].silent);
}

TEST(Makefile, VariablesOfEveryKind) {
  EXPECT_EQ(variables_of(
                "A = 1 # c\nB:=$(shell x:y)\nexport HF_TOKEN ?= a\\\n   b\nexport C\noverride D += \\# e\nall: E = f\nF::=g\n"),
            "A=1;B:=$(shell x:y);export HF_TOKEN?=a b;export C;D+=\\# e;all/E=f;F::=g;");
  EXPECT_EQ(variables_of("define run =\necho a\nendef\nX = 1\n"), "rundefineecho a\n;X=1;");
}

TEST(Makefile, TheRecipePrefixMayBeAnother) { EXPECT_EQ(recipes_of(".RECIPEPREFIX = >\na:\n> echo x\n"), "a>echo x;"); }

TEST(Makefile, JustfilesAreIndentedByBlanks) {
  EXPECT_EQ(recipes_of("t := \"a # b\" # c\nrun arg='x':\n    @hf auth login\n    echo {{t}}\n\nbash:\n  #!/bin/sh\n  a\n  b\n",
                       MakeFlavour::just),
            "run arg='x'>hf auth login;run arg='x'>echo {{t}};bash>#!/bin/sh\n  a\n  b;");
  EXPECT_EQ(variables_of("export HF_TOKEN := \"a # b\" # c\n", MakeFlavour::just), "export HF_TOKEN:=\"a # b\";");
}

TEST(Makefile, CommandsLeadBackToTheFile) {
  const std::string text = "login:\n\t@hf auth login \\\n\t\t--token $$HF_TOKEN\n";
  const MakeFile file = read_makefile(text);
  const MappedText& command = file.recipes.at(0).command;
  const ShellScript script = read_shell(command.text, {ShellDialect::make, ShellLayout::script});
  const ByteSpan place = command.map.to_parent(script.words.at(4).span);
  EXPECT_EQ(text.substr(place.begin, place.size()), "$$HF_TOKEN");
  EXPECT_EQ(script.parts_of(script.words[4])[0].name, "HF_TOKEN");
}

TEST(Makefile, TooManyLinesAreSaid) {
  std::string text;
  for (std::size_t i = 0; i <= kMakeItemLimit; ++i) text += "a=\n";
  EXPECT_TRUE(read_makefile(text).gave_up.has_value());
}

TEST(Makefile, AnyInputGivesSpansInsideIt) {
  test::RandomText random(6);
  const std::string_view pieces[] = {"a: b", "\n",      "\n\t",  "\\\n",    "X = 1", ":=", "$(",  ")",
                                     "# ",   "define ", "endef", "export ", ";",     " ",  "\r\n"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 25; ++i) text += pieces[random.below(15)];
    for (const MakeFlavour flavour : {MakeFlavour::make, MakeFlavour::just}) {
      const MakeFile file = read_makefile(text, flavour);
      for (const MakeVariable& variable : file.variables) {
        ASSERT_LE(variable.span.end, text.size());
        ASSERT_EQ(variable.value.map.size(), variable.value.text.size());
      }
      for (const MakeRecipe& recipe : file.recipes) {
        ASSERT_LE(recipe.span.begin, recipe.span.end);
        ASSERT_LE(recipe.span.end, text.size());
        ASSERT_TRUE(recipe.span.contains(recipe.command.map.to_parent({0, recipe.command.text.size()})));
      }
    }
  }
}

}  // namespace
}  // namespace hfscan
